# Everything is unpacked in a scratch directory and moved into place in one step, so that an
# interrupted run leaves nothing half done that a later run would take for finished.
scratch=
cleanup() { [ -z "$scratch" ] || rm -rf "$scratch"; }
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
fresh_scratch() { cleanup; scratch=$(mktemp -d "$here/.new.XXXXXX"); }

put() { # put FROM NAME: FROM becomes $here/NAME
  rm -rf "${here:?}/$2.old"
  [ ! -e "$here/$2" ] || mv "$here/$2" "$here/$2.old"
  mv "$1" "$here/$2"
  rm -rf "${here:?}/$2.old"
}
