# shellcheck shell=sh disable=SC2154 # build and common.sh set cache, here, base, machine and light
# A node where a real kubelet runs etcd, API server, controller manager and scheduler as static pods. Bookworm's systemd
# still takes part in cgroup v1, which some machines have; etcd is trixie's, as its image brings its own libraries.

etcd_image=registry.k8s.io/etcd:3.5.16-0
pause_image=registry.k8s.io/pause:3.2

# kubernetes_binaries FOLDER: puts kubelet, kubeadm, pause and our stand-ins there, built once for each recipe.
kubernetes_binaries() {
    kubernetes_hash=$(hash_of "$here"/kubernetes/Dockerfile "$here"/kubernetes/*/*)
    kubernetes_file="$cache/kubernetes-1.20.2-$kubernetes_hash.tar.zst"
    if [ ! -f "$kubernetes_file" ]; then
        base_image bookworm
        say "building a kubelet from Debian's source package, once (about 5 minutes on 2 cores)"
        build_image runbook-kubernetes:build "$kubernetes_hash" "$here/kubernetes" --build-arg "BASE=$base"
        container=$(docker create runbook-kubernetes:build unused-command)
        docker cp "$container:/out/." - | zstd -q -3 -f -o "$kubernetes_file.part"
        docker rm "$container" >/dev/null
        mv "$kubernetes_file.part" "$kubernetes_file"
        # Sources and compiler take 3 GB and are not needed again.
        docker rmi runbook-kubernetes:build >/dev/null
    fi
    zstd -q -dc "$kubernetes_file" | tar -x -C "$1"
}

# pod_images FOLDER: writes images.tar with the images that the manifests name.
pod_images() {
    light trixie
    build_image "$etcd_image" "$stacked_hash" "$here/stacked/etcd" --build-arg "NODE=$light"
    mkdir "$1/links"
    ln -s kube-apiserver "$1/links/kube-controller-manager"
    ln -s kube-apiserver "$1/links/kube-scheduler"
    build_image "$pause_image" "$stacked_hash" "$1" -f "$1/pause.Dockerfile"
    set -- "$1" "$etcd_image" "$pause_image"
    for component in kube-apiserver kube-controller-manager kube-scheduler; do
        build_image "registry.k8s.io/$component:v1.20.2" "$stacked_hash" "$1" -f "$1/standin.Dockerfile"
        set -- "$@" "registry.k8s.io/$component:v1.20.2"
    done
    folder=$1
    shift
    docker save -o "$folder/images.tar" "$@"
}

stacked() {
    stacked=runbook-stacked:bookworm
    stacked_hash=$(hash_of "$here"/*.sh "$here"/machine/* "$here"/light/* "$here"/kubernetes/Dockerfile \
        "$here"/kubernetes/*/* "$here"/stacked/Dockerfile "$here"/stacked/*/*)
    is_current "$stacked" "$stacked_hash" && return
    stacked_file="$cache/stacked-$stacked_hash.tar.zst"
    load_cached "$stacked_file" "$stacked" "$stacked_hash" && return
    machine bookworm
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    cp -r "$here/stacked/." "$work"
    cp "$here"/stacked/pods/*.Dockerfile "$work"
    kubernetes_binaries "$work"
    say "building $stacked (about 40 s)"
    pod_images "$work"
    build_image "$stacked" "$stacked_hash" "$work" --build-arg "MACHINE=$machine"
    store "$stacked_file" "$stacked"
}
