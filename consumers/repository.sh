# Sourced by scripts: functions to publish into a local repository.
cache="${MAVEN_CACHE:-$HOME/.m2/repository}"

# Creates a local repository that shares all downloads with the default one, but not Simtally's artifacts.
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

# Publishes the sources in a folder as for Maven Central, but unsigned.
publish() { # source folder, repository
  repository "$2"
  # Maven does not rebuild the pages if only comments changed.
  rm -rf "$1"/*/target/reports/apidocs
  mvn -B -ntp -q -f "$1/pom.xml" -Prelease -Dgpg.skip -Dmaven.test.skip -Dspotless.check.skip -Denforcer.skip \
    -Dmaven.repo.local="$2" install
}
