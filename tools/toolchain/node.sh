# Node, where the system's own is older; and one name for it, bin/node.

node_version=22.23.3

find_node() { # the node to use: the system's own where new enough, else ours
  local own
  own=$(command -v node || true)
  [ "$own" != "$here/bin/node" ] || own= # the name below, on somebody's PATH
  if [ -n "$own" ] && at_least "$("$own" -p 'process.versions.node')" "$node_floor"; then
    echo "$own"
  elif [ -x "$here/node/bin/node" ]; then
    echo "$here/node/bin/node"
  fi
}

node_part() {
  local arch
  if [ -z "$(find_node)" ]; then
    case $(uname -m) in
      x86_64) arch=x64 ;;
      aarch64) arch=arm64 ;;
      *) die "install Node $node_floor or newer and put it on PATH" ;;
    esac
    say "Node $node_version"
    fresh_scratch
    npm_install "$scratch" install --no-save --ignore-scripts "node-linux-$arch@$node_version"
    mkdir -p "$scratch/node/bin"
    mv "$scratch/node_modules/node-linux-$arch/bin/node" "$scratch/node/bin/node"
    "$scratch/node/bin/node" --version > /dev/null
    put "$scratch/node" node
  fi
  # One name for scripts, whichever node it is.
  mkdir -p "$here/bin"
  ln -sfn "$(find_node)" "$here/bin/node"
}
