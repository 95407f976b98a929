#!/usr/bin/env bash
# Takes the pictures of the docs from the real program over the samples. Needs ../shared/tools/shot.py and what it needs.
set -euo pipefail
cd "$(dirname "$0")/../.."
cargo build --release
shot() { # LANG STEP...
  local lang=$1; shift
  python3 ../shared/tools/shot.py --size 100x30 --env "LANG=$lang" --out docs/pictures sleep:1200 "$@" -- \
    target/release/fajian sample_reports
}
shot zh_CN.UTF-8 snap:shelf.zh key:enter sleep:400 key:n key:n sleep:300 snap:report.zh
shot zh_CN.UTF-8 type:/ sleep:200 type:tjcgl sleep:400 snap:lookup.zh key:enter sleep:600 snap:compare.zh
shot en_US.UTF-8 snap:shelf.en key:enter sleep:400 key:n key:n key:enter sleep:300 snap:card.en
# Few colours: a palette makes the files a quarter of the size.
python3 - <<'PY'
import pathlib
from PIL import Image
for path in pathlib.Path('docs/pictures').glob('*.png'):
    Image.open(path).convert('P', palette=Image.ADAPTIVE, colors=48).save(path, optimize=True)
PY
