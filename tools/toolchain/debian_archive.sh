# A private apt: its own lists and sources, so that nothing about the system changes.
# The mirror is the one that the system itself uses.

private_apt() {
  local dir=$1; shift
  apt-get -qq -o Acquire::Retries=3 \
    -o Dir::Etc::sourcelist="$dir/sources.list" -o Dir::Etc::sourceparts=- \
    -o Dir::State::Lists="$dir/lists" -o Dir::Cache="$dir/cache" \
    -o APT::Sandbox::User=root -o Acquire::Languages=none "$@"
}

private_apt_open() { # private_apt_open DIR KIND SUITE...: KIND is deb or deb-src
  local dir=$1 kind=$2 suite uri keyring=/usr/share/keyrings/debian-archive-keyring.gpg; shift 2
  mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial"
  : > "$dir/sources.list"
  for suite in "$@"; do
    # A security suite lives in a repository of its own; every other suite beside the main one.
    case $suite in
      *-security) uri=$(system_uri "$suite") ;;
      *) uri=$(system_uri "$os_codename") ;;
    esac
    [ -z "$uri" ] || echo "$kind [signed-by=$keyring] $uri $suite main" >> "$dir/sources.list"
  done
  [ -s "$dir/sources.list" ] || die "no source for $* among the system's apt sources"
  retry private_apt "$dir" update || die "apt-get update failed for: $*"
}

system_uri() { # system_uri SUITE: where the system itself gets this suite from
  local format='$(REPO_URI) $(RELEASE) $(CODENAME) $(COMPONENT)'
  apt-get indextargets --format "$format" 'Created-By: Packages' |
    awk -v suite="$1" '($2 == suite || $3 == suite) && $4 == "main" { print $1; exit }'
}
