# shellcheck shell=sh
# Shared by the recipes: where things are cached, what an image is called, and how one is found again.

cache="${RUNBOOK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/runbook}/images"

say() {
    printf '%s\n' "$*"
}

fail() {
    printf 'fleet images: %s\n' "$*" >&2
    exit 1
}

# Prints a short hash over the named files: a changed recipe makes a new image.
hash_of() {
    cat "$@" | sha256sum | cut -c1-12
}

# is_current IMAGE HASH: whether the image was made by this very recipe.
is_current() {
    [ "$(docker image inspect --format '{{ index .Config.Labels "dev.runbook.recipe" }}' "$1" 2>/dev/null)" = "$2" ]
}

# load_cached FILE IMAGE HASH: brings an image back that an earlier run built.
load_cached() {
    [ -f "$1" ] || return 1
    say "loading $2 from $1"
    zstd -q -dc "$1" | docker load -q >/dev/null
    is_current "$2" "$3"
}

# store FILE IMAGE: keeps an image for the next machine or the next emptied engine.
store() {
    docker save "$2" | zstd -q -3 -o "$1.part" -f
    # What older recipes made is of no use any more: NAME-HASH.tar.zst goes by the name.
    rm -f "${1%-*}"-????????????.tar.zst
    mv "$1.part" "$1"
    docker image prune -f --filter label=dev.runbook.recipe >/dev/null
}

# build_image IMAGE HASH FOLDER [docker build's options]: the classic builder, since images that were imported are no
# registry's and BuildKit would look for them there.
build_image() {
    image=$1 hash=$2 folder=$3
    shift 3
    if ! DOCKER_BUILDKIT=0 docker build --label "dev.runbook.recipe=$hash" -t "$image" "$@" "$folder" \
        >"$cache/build.log" 2>&1; then
        tail -n 40 "$cache/build.log" >&2
        fail "docker build of $image failed; the whole log is $cache/build.log"
    fi
}

# base_image SUITE: sets base to debian:SUITE-slim where a registry answers, else to a bootstrapped stand-in.
base_image() {
    base="debian:$1-slim"
    if docker image inspect "$base" >/dev/null 2>&1 || timeout 120 docker pull -q "$base" >/dev/null 2>&1; then
        return
    fi
    base="runbook-base:$1"
    if docker image inspect "$base" >/dev/null 2>&1; then
        return
    fi
    if [ ! -f "$cache/base-$1.tar.zst" ]; then
        command -v mmdebstrap >/dev/null || fail "no registry answers and mmdebstrap is missing; run fleet/setup"
        say "no registry answers: bootstrapping Debian $1 (about 15 s)"
        mmdebstrap --quiet --variant=minbase --include=ca-certificates "$1" - | zstd -q -3 -f -o "$cache/base-$1.part"
        mv "$cache/base-$1.part" "$cache/base-$1.tar.zst"
    fi
    zstd -q -dc "$cache/base-$1.tar.zst" | docker import - "$base" >/dev/null
}
