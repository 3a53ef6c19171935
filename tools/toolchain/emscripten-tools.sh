# What em++ calls: the closure compiler, TypeScript 5.

emscripten-tools_part() {
  local want=$root/cmake/emscripten-tools native
  [ -x "$here/tools/closure-compiler" ] && [ -x "$here/tools/bin/tsc" ] &&
    cmp -s "$want/package-lock.json" "$here/tools/package-lock.json" && return
  say "closure compiler, TypeScript 5"
  fresh_scratch
  mkdir "$scratch/tools"
  cp "$want/package.json" "$want/package-lock.json" "$want/.npmrc" "$scratch/tools/"
  npm_install "$scratch/tools" ci --ignore-scripts
  # The native program starts in milliseconds and needs no Java.
  native=$(cd "$scratch/tools" && find node_modules \
    -path '*google-closure-compiler-linux*' -name compiler -type f | head -n 1)
  if [ -n "$native" ]; then
    chmod +x "$scratch/tools/$native"
    ln -s "$native" "$scratch/tools/closure-compiler"
  else
    ln -s node_modules/.bin/google-closure-compiler "$scratch/tools/closure-compiler"
  fi
  # em++ runs it in Emscripten's own folder, beside which Debian 13 keeps the types of many
  # packages: none of them is ours.
  mkdir "$scratch/tools/bin"
  cat > "$scratch/tools/bin/tsc" <<'TEXT'
#!/bin/sh
tools=$(dirname "$(dirname "$0")")
exec "$tools/node_modules/.bin/tsc" --typeRoots "$tools/bin" "$@"
TEXT
  chmod +x "$scratch/tools/bin/tsc"
  put "$scratch/tools" tools
}
