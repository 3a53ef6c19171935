# Packages by npm: web/node_modules and tests/node_modules, and for the other parts npm itself.

# npm runs on the system's own node: Debian's npm does not load on another.
npm_install() { # npm_install DIR ARGS...
  local dir=$1; shift
  command -v npm > /dev/null || die "npm is missing: run tools/setup"
  PATH=${PATH//"$here/bin:"/} retry npm --prefix "$dir" \
    --no-audit --no-fund --no-update-notifier --loglevel=error "$@" > "$scratch/npm.log" 2>&1 ||
    { head -n 12 "$scratch/npm.log" >&2; die "npm $1 failed"; }
}

web-modules_part() { modules web; }
test-modules_part() { modules tests; }
modules() { # modules FOLDER
  local folder=$root/$1
  cmp -s "$folder/package-lock.json" "$folder/node_modules/.avow-lock" && return
  say "$1/node_modules"
  fresh_scratch
  # Install scripts are not run: none of these packages needs its own.
  npm_install "$folder" ci --ignore-scripts
  cp "$folder/package-lock.json" "$folder/node_modules/.avow-lock"
}
