import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/**
 * Checks every published jar: it contains only expected entries, and no class uses reflection. The
 * jars promise that a native image needs no metadata for them.
 */
final class JarCheck {
  private static final Pattern CLASSES =
      Pattern.compile("module-info\\.class|io/simtally/[a-z0-9/]+/[\\w$-]+\\.class");
  private static final Pattern COMMON =
      Pattern.compile(
          "META-INF/(MANIFEST\\.MF|LICENSE|maven/io\\.simtally/[a-z0-9-]+/pom\\.(xml|properties)"
              + "|native-image/io\\.simtally/[a-z0-9-]+/[a-z-]+\\.(json|properties)"
              + "|services/[\\w.]+)");
  private static final Pattern TEST = Pattern.compile(".*(Test|Tests|TestCase|IT)(\\$.*)?\\.class");
  private static final Pattern RESOURCES =
      Pattern.compile("io/simtally/core/internal/http/simtally\\.properties");

  /** The descriptions of the providers' documented responses. */
  private static final Pattern PAGES =
      Pattern.compile("io/simtally/fleet/[a-z]+/[a-z0-9-]*contract\\.txt");

  /** The test kit is never part of a native image, so it may use reflection and read resources. */
  private static final Set<String> TEST_KIT =
      Set.of("simtally-simulator", "simtally-simulator-junit");

  /**
   * An automatic module: its dependencies on the clients are optional, and JUnit opens tests
   * itself.
   */
  private static final String AUTOMATIC = "simtally-simulator-junit";

  private static final Pattern SAMPLES =
      Pattern.compile("io/simtally/simulator/samples/[a-z0-9-]+/[a-z0-9.-]+\\.json");

  /**
   * The classes and members, as named in a constant pool, that a native image needs metadata for.
   */
  private static final Pattern REFLECTION =
      Pattern.compile(
          "java/lang/reflect/.*|sun/misc/Unsafe|java/util/ServiceLoader"
              + "|java/lang/invoke/(MethodHandles(\\$Lookup)?|VarHandle)\\..*|java/util/ResourceBundle"
              + "|java/io/ObjectInputStream|java/lang/Class\\.(forName|newInstance"
              + "|get(Declared)?(Method|Field|Constructor|RecordComponent)s?|getResource.*)"
              + "|java/lang/ClassLoader\\.(loadClass|getResource.*|getSystemResource.*)"
              + "|com/squareup/moshi/(ClassJsonAdapter|RecordJsonAdapter)"
              + "|com/squareup/moshi/Moshi\\.adapter");

  /** The resources that classes read. The resource-config.json of their jar must name them. */
  private static final Set<String> ALLOWED =
      Set.of(
          "simtally-core io/simtally/core/internal/http/UserAgent.class java/lang/Class.getResourceAsStream",
          "simtally-fleet io/simtally/fleet/contract/Contract.class java/lang/Class.getResourceAsStream");

  private final List<String> complaints = new ArrayList<>();

  private JarCheck() {}

  public static void main(String... args) throws IOException {
    JarCheck check = new JarCheck();
    int jars = 0;
    try (var files = Files.walk(Path.of(args[0]))) {
      for (Path jar : files.filter(file -> isMainJar(file)).sorted().toList()) {
        check.look(jar);
        jars++;
      }
    }
    check.complaints.forEach(complaint -> System.out.println("FAILED: " + complaint));
    if (jars == 0 || !check.complaints.isEmpty()) {
      System.exit(1);
    }
    System.out.println("ok: " + jars + " jars hold what they should and do not reflect");
  }

  private static boolean isMainJar(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".jar") && !name.endsWith("-sources.jar") && !name.endsWith("-javadoc.jar");
  }

  private void look(Path path) throws IOException {
    String artifact = path.getParent().getParent().getFileName().toString();
    Set<String> names = new TreeSet<>();
    try (JarFile jar = new JarFile(path.toFile())) {
      for (ZipEntry entry : jar.stream().filter(e -> !e.isDirectory()).toList()) {
        String name = entry.getName();
        names.add(name);
        if (CLASSES.matcher(name).matches() && !TEST.matcher(name).matches()) {
          if (!TEST_KIT.contains(artifact)) {
            try (InputStream in = jar.getInputStream(entry)) {
              reflection(artifact + " " + name, in);
            }
          }
        } else if (!COMMON.matcher(name).matches() && !isResource(artifact, name)) {
          complaints.add(artifact + " has " + name);
        }
      }
      boolean automatic =
          jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name") != null;
      if (!names.contains("META-INF/LICENSE")) {
        complaints.add(artifact + " has no license");
      }
      if (!names.contains("module-info.class") && !(automatic && AUTOMATIC.equals(artifact))) {
        complaints.add(artifact + " is no module");
      }
    }
    String base = path.toString().substring(0, path.toString().length() - ".jar".length());
    for (String other : List.of("-sources.jar", "-javadoc.jar", "-cyclonedx.json", ".pom")) {
      if (!Files.exists(Path.of(base + other))) {
        complaints.add(artifact + " lacks " + other);
      }
    }
  }

  private static boolean isResource(String artifact, String name) {
    Pattern expected =
        switch (artifact) {
          case "simtally-simulator" -> SAMPLES;
          case "simtally-fleet" -> PAGES;
          default -> RESOURCES;
        };
    return expected.matcher(name).matches();
  }

  private void reflection(String where, InputStream in) throws IOException {
    for (String used : ConstantPool.read(in)) {
      if (REFLECTION.matcher(used).matches() && !ALLOWED.contains(where + " " + used)) {
        complaints.add(where + " uses " + used);
      }
    }
  }

  /** The names in a class file: classes, and members as {@code owner.name}. */
  private static final class ConstantPool {
    private final int[] first;
    private final int[] second;
    private final byte[] tags;
    private final String[] texts;

    private ConstantPool(DataInputStream in) throws IOException {
      in.readInt();
      in.readInt();
      int size = in.readUnsignedShort();
      first = new int[size];
      second = new int[size];
      tags = new byte[size];
      texts = new String[size];
      for (int i = 1; i < size; i++) {
        tags[i] = in.readByte();
        switch (tags[i]) {
          case 1 -> texts[i] = in.readUTF();
          case 3, 4 -> in.readInt();
          case 5, 6 -> {
            in.readLong();
            i++;
          }
          case 7, 8, 16, 19, 20 -> first[i] = in.readUnsignedShort();
          case 9, 10, 11, 12, 17, 18 -> {
            first[i] = in.readUnsignedShort();
            second[i] = in.readUnsignedShort();
          }
          case 15 -> {
            in.readByte();
            in.readUnsignedShort();
          }
          default -> throw new IOException("Unknown constant " + tags[i]);
        }
      }
    }

    static Set<String> read(InputStream in) throws IOException {
      ConstantPool pool = new ConstantPool(new DataInputStream(in));
      Set<String> used = new TreeSet<>();
      for (int i = 1; i < pool.tags.length; i++) {
        switch (pool.tags[i]) {
          case 7 -> used.add(pool.texts[pool.first[i]]);
          case 9, 10, 11 ->
              used.add(
                  pool.texts[pool.first[pool.first[i]]]
                      + "."
                      + pool.texts[pool.first[pool.second[i]]]);
          default -> {
            // Values, and the parts of the other entries.
          }
        }
      }
      return used;
    }
  }
}
