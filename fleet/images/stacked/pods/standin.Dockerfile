# One program under three names: it behaves by the name that it is called with.
FROM scratch
COPY standin /usr/local/bin/kube-apiserver
COPY links/ /usr/local/bin/
