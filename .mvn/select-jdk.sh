# Sourced by mvnw: puts Maven itself on a JDK that can build Romancy, whatever `java` on the PATH is.
#
# Order: JAVA_HOME, the PATH, then the newest in the places where package managers and version managers
# install JDKs. A JDK is known by its `release` file, so nothing has to be started to ask for its version.

romancy_oldest_jdk=21

# Prints the feature version (21, 25, ..) of the JDK in folder $1, or nothing if there is no JDK.
romancy_jdk_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release"
}

romancy_usable() {
  romancy_found="$(romancy_jdk_version "$1")"
  [ -n "$romancy_found" ] && [ "$romancy_found" -ge "$romancy_oldest_jdk" ]
}

romancy_home_on_path() {
  romancy_javac="$(command -v javac 2>/dev/null)" || return 0
  # The entry on the PATH is usually a chain of links. readlink -f is missing on older macOS: then skip it.
  romancy_javac="$(readlink -f "$romancy_javac" 2>/dev/null)" || return 0
  dirname "$(dirname "$romancy_javac")"
}

romancy_newest_installed() {
  romancy_best='' romancy_best_version=0
  for romancy_home in \
    /usr/lib/jvm/* /usr/java/* /opt/java/* \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.jenv/versions/* \
    "${HOME:-}"/.asdf/installs/java/* "${HOME:-}"/.local/share/mise/installs/java/*; do
    if romancy_usable "$romancy_home" && [ "$romancy_found" -gt "$romancy_best_version" ]; then
      romancy_best="$romancy_home" romancy_best_version="$romancy_found"
    fi
  done
  printf '%s\n' "$romancy_best"
}

romancy_select_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && romancy_usable "$JAVA_HOME"; then
    return 0
  fi
  romancy_home="$(romancy_home_on_path)"
  if [ -z "$romancy_home" ] || ! romancy_usable "$romancy_home"; then
    romancy_home="$(romancy_newest_installed)"
  fi
  if [ -z "$romancy_home" ]; then
    printf 'Romancy is built with JDK %s or later, and none was found through JAVA_HOME, the PATH or the usual\n' \
      "$romancy_oldest_jdk" >&2
    printf 'folders (/usr/lib/jvm, ~/.sdkman, ~/.jdks, ..). Install one, or set JAVA_HOME to it.\n' >&2
    exit 1
  fi
  JAVA_HOME="$romancy_home"
  export JAVA_HOME
}

romancy_select_jdk
