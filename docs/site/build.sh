#!/usr/bin/env bash
# Makes the static site from the pages of this repository and the XML documentation of its packages, with docfx.
#   docs/site/build.sh [folder]      the folder is artifacts/site unless you name another
# It needs docfx in artifacts/tools: dotnet tool install --tool-path artifacts/tools docfx --version 2.81.0
# Look at it with: artifacts/tools/docfx serve artifacts/site
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
output=$(realpath -m "${1:-artifacts/site}")
docfx=$root/artifacts/tools/docfx
if [[ ! -x $docfx ]]; then
    echo "docfx is missing: dotnet tool install --tool-path artifacts/tools docfx --version 2.81.0" >&2
    exit 1
fi

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -r docs "$stage"
mv "$stage/docs/site/"* "$stage"
rmdir "$stage/docs/site"
cp CHANGELOG.md CONTRIBUTING.md Dockerfile "$stage"
cp src/icon.svg "$stage/logo.svg"
# A folder's page is its index, and so are the links to it.
cp README.md "$stage/index.md"
for folder in docs docs/reference/diagnostics; do mv "$stage/$folder/README.md" "$stage/$folder/index.md"; done
find "$stage" -name '*.md' -exec sed -i -E 's|(\]\([^)]*)README\.md|\1index.md|g' {} +
# Source files are not in the site: of the links to them, the text stays.
find "$stage" -name '*.md' -exec sed -i -E 's;\[([^]]*)\]\((\.\./)*(src|tests|generators)/[^)]*\);\1;g' {} +

mkdir "$stage/assemblies"
for project in WsAot WsAot.Hosting WsAot.Testing WsAot.Nats; do
    dotnet build "src/$project" -c Release -v quiet -nologo -clp:ErrorsOnly >&2
    cp "src/$project/bin/Release/net10.0/"{"$project.dll","$project.xml"} "$stage/assemblies"
done

# The contents are those of the index: its headings, and the links of its lists.
awk '
    /^## /   { printf "- name: %s\n  items:\n", substr($0, 4) }
    /^- \[/  { match($0, /\[[^]]*\]/); name = substr($0, RSTART + 1, RLENGTH - 2)
               match($0, /\]\([^)]*\)/); printf "  - name: \"%s\"\n    href: %s\n", name, substr($0, RSTART + 2, RLENGTH - 3) }
' "$stage/docs/index.md" >"$stage/docs/toc.yml"
printf -- '- name: Documentation\n  href: docs/\n- name: API\n  href: api/\n- name: Changes\n  href: CHANGELOG.md\n' >"$stage/toc.yml"

# Warnings of the pages count; those of comments that the C# compiler has accepted do not.
if ! "$docfx" "$stage/docfx.json" >"$stage/log" 2>&1; then
    cat "$stage/log" >&2
    exit 1
fi
if grep -E 'warning (Invalid|Missing|Uid|Bookmark)|warning: Unable' "$stage/log" >&2; then exit 1; fi

# Nothing here draws diagrams or formulas, and nobody debugs docfx.
find "$stage/site/public" -name '*.map' -delete
rm -rf "$output"
mkdir -p "$(dirname "$output")"
mv "$stage/site" "$output"
echo "$output/index.html"
