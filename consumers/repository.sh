# Sourced: a folder repository to publish into.
cache="${MAVEN_CACHE:-$HOME/.m2/repository}"

# A local repository that shares all downloads with the usual one, and keeps only our own artifacts to itself.
repository() {
  local entry
  rm -rf "$1"
  mkdir -p "$1/io" "$cache/io" "$cache/com" "$cache/org"
  for entry in "$cache"/* "$cache"/io/*; do
    case "${entry#"$cache"/}" in
      io | io/simtally | '*' | 'io/*') ;;
      *) ln -s "$entry" "$1/${entry#"$cache"/}" ;;
    esac
  done
}

# What Maven Central would get of the sources in a folder, unsigned.
publish() { # source folder, repository
  repository "$2"
  # Maven does not make the pages anew for a comment.
  rm -rf "$1"/*/target/reports/apidocs
  mvn -B -ntp -q -f "$1/pom.xml" -Prelease -Dgpg.skip -Dmaven.test.skip -Dspotless.check.skip -Denforcer.skip \
    -Dmaven.repo.local="$2" install
}
