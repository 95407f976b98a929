#!/usr/bin/env bash
# Takes the pictures of the docs from the real program over the samples. Needs ../shared/tools/shot.py and what it needs.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=$(realpath "${FAJIAN:-target/release/fajian}")
[ -x "$program" ] || { cargo build --release; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A folder under review: what was accepted, and a report that came again with other numbers.
cp -r sample_reports "$work/reports"
"$program" review "$work/reports" --accept --who 甲 > /dev/null
sed -i 's/11620人次/11260人次/; s/办专题培训7期/办专题培训9期/' "$work/reports/zezhou-2023.txt"

shot() { # LANG FOLDER STEP...
  local lang=$1 folder=$2; shift 2
  python3 ../shared/tools/shot.py --size 120x32 --env "LANG=$lang" --env "HOME=$work" --env "XDG_STATE_HOME=$work/state" --env FAJIAN_USER=甲 \
    --out docs/pictures 'wait: 1/' sleep:500 "$@" -- "$program" "$folder"
  rm -rf "$work/state"
}
zh=zh_CN.UTF-8 en=en_US.UTF-8
shot $zh sample_reports snap:shelf.zh key:enter wait:目录 key:n key:n key:n sleep:500 snap:report.zh
shot $zh sample_reports type:/ sleep:200 type:tjcgl sleep:700 snap:lookup.zh key:enter wait:名次 sleep:500 snap:compare.zh \
  type:t sleep:700 snap:trend.zh
shot $zh sample_reports type:M sleep:900 snap:matrix.zh
shot $zh sample_reports type:W sleep:300 type:行政复议 sleep:300 key:enter wait:份报告 key:down key:down sleep:700 snap:concordance.zh
shot $zh "$work/reports" type:r sleep:1500 key:enter sleep:700 snap:review.zh
shot $en sample_reports snap:shelf.en key:enter wait:Outline key:n key:n sleep:300 key:enter sleep:500 snap:card.en
# Few colours: a palette makes the files a quarter of the size.
python3 - <<'PY'
import pathlib
from PIL import Image
for path in pathlib.Path('docs/pictures').glob('*.png'):
    Image.open(path).convert('P', palette=Image.ADAPTIVE, colors=96).save(path, optimize=True)
PY
