# What the tools here ask of the machine and say to whom started them.
# Sourced, after `program=NAME`: the name that stands before every line that is printed.

trap 'printf "%s: failed at %s, line %s\n" "$program" "${BASH_SOURCE[0]##*/}" "$LINENO" >&2' ERR

say() { printf '%s: %s\n' "$program" "$*"; }
die() { say "$@" >&2; exit 1; }

at_least() { # at_least HAVE WANT: versions, compared number by number
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

retry() { # retry COMMAND...: three times, for what a network may fail
  local try
  for try in 1 2 3; do
    if "$@"; then return 0; fi
    [ "$try" = 3 ] || { say "failed, trying again: ${*: -1}"; sleep $((try * 4)); }
  done
  return 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Empty where the machine does not say.
os_id= os_version= os_codename=
if [ -r /etc/os-release ]; then
  os_id=$(. /etc/os-release && echo "${ID:-}")
  os_version=$(. /etc/os-release && echo "${VERSION_ID:-}")
  os_codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
fi

# The oldest that will do.
node_floor=22.13
emscripten_floor=3.1.69

# The folder that tools/toolchain/run fills.
toolchain_folder() { # toolchain_folder ROOT
  echo "${AVOW_TOOLCHAIN:-$1/build/toolchain}"
}
