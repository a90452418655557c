# Sourced by /init of the guest (busybox sh). Ages a mounted file system: the same script and seed do the same.

seed=1
random() { # random LIMIT -> $r in [0, LIMIT)
  seed=$(((seed * 1103515245 + 12345) & 2147483647))
  r=$(((seed >> 8) % $1))
}

used() { df -k "$1" | awk 'END { sub("%", "", $(NF - 1)); print $(NF - 1) }'; }
room() { df -k "$1" | awk 'END { print $(NF - 2) }'; } # KiB

put() { # put FILE KIB [dd options]: from a random place of the pool, as much as there is room for
  random 3000
  file=$1 kib=$2
  shift 2
  dd if=/pool of="$file" bs=1k skip=$r count="$kib" "$@" 2>/dev/null || true
}

some() { # some DIRECTORY -> $f, one of its files
  set -- $(find "$1" -type f | sort)
  random $#
  shift $r
  f=$1
}

change() { # change ROOT
  some "$1"
  one=$f
  some "$1"
  random 6
  case $r in
    0) put "$one" 60 conv=notrunc,fsync seek=7 ;;
    1) put "$one" 90 conv=notrunc,fsync seek=2000 ;;
    2) for turn in 1 2 3 4 5; do
      put "$one" 12 oflag=append conv=notrunc,fsync
      put "$f" 12 oflag=append conv=notrunc,fsync
    done ;;
    3) truncate -s 33333 "$one" || true ;;
    4) fallocate -l 500000 "$one" 2>/dev/null || true ;; # FAT refuses
    5) mv "$one" "$1/moved.$seed" ;;
  esac
}

fill() { # fill ROOT PERCENT
  n=0
  while [ $n -lt 60 ] && [ "$(used "$1")" -lt "$2" ]; do
    n=$((n + 1))
    random 9
    mkdir -p "$1/folder$r/deep"
    to=$1/folder$r/deep/file.$seed
    random 20
    put "$to" $((r + 1))
    random $(($(room "$1") / 16 + 20))
    size=$((r > 900 ? 900 : r + 1))
    put "$to.large" $size
    while [ $size -lt $r ]; do
      put "$to.large" 900 oflag=append conv=notrunc
      size=$((size + 900))
    done
  done
}

thin() { # thin ROOT PERCENT: deletes about so many of its files
  for file in $(find "$1" -type f | sort); do
    random 100
    [ $r -lt "$2" ] && rm "$file"
  done
  sync
}

age() { # age ROOT SEED ROUNDS full|fragmented|emptied
  seed=$2
  dd if=/dev/urandom of=/pool bs=64k count=64 2>/dev/null
  for round in $(seq "$3"); do
    fill "$1" 70
    for i in $(seq 20); do change "$1"; done
    thin "$1" 30
  done
  fill "$1" 92
  [ "$4" = fragmented ] && thin "$1" 35
  [ "$4" = emptied ] && thin "$1" 93
  sync
}

hashes() { (cd "$1" && find . -type f | sort | xargs sha256sum); }
