@echo off
rem Starts the command with the JDK of JAVA_HOME, or else with the java on the path. JAVA_OPTS go to the JVM.
setlocal
set java=java
if defined JAVA_HOME set java=%JAVA_HOME%\bin\java
"%java%" --enable-native-access=ALL-UNNAMED %JAVA_OPTS% -cp "%~dp0..\lib\*" io.simtally.cli.Simtally %*
