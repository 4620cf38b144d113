repositories {
    mavenLocal { content { includeGroup("io.simtally") } } // until the first release
    mavenCentral()
}
dependencies {
    implementation(platform("io.simtally:simtally-bom:0.1.0-SNAPSHOT"))
    implementation("io.simtally:simtally-thingspace-m2m")
}
