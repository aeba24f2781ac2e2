// A stand-in for the control plane's own programs, small enough for a laptop.
//
// Called as kube-apiserver it takes the real one's flags, keeps config maps and its own lease in etcd under the real
// one's keys, and tells its health. To a kubelet it shows empty lists, whose watches it keeps open; told to end it closes
// its port at once and lives on until those watches end, as the real one. Called by another name it watches the API server
// of its kubeconfig and tells that it is well. There is no authentication: whoever reaches the port may read and write.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/spf13/pflag"
)

type options struct {
	etcdServers      []string
	etcdCA           string
	etcdCertificate  string
	etcdKey          string
	securePort       int
	bindAddress      string
	advertiseAddress string
	tlsCertificate   string
	tlsKey           string
	kubeconfig       string
	watchDrain       time.Duration
}

func main() {
	name := filepath.Base(os.Args[0])
	if err := run(name); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		os.Exit(1)
	}
}

func run(name string) error {
	options, err := parse(name, os.Args[1:])
	if err != nil {
		return err
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	if name == "kube-apiserver" {
		return serveAPI(options, signals)
	}
	return serveHealth(options, signals)
}

func parse(name string, arguments []string) (options, error) {
	var parsed options
	flags := pflag.NewFlagSet(name, pflag.ContinueOnError)
	// The manifests are the real ones: most of their flags mean nothing here.
	flags.ParseErrorsWhitelist.UnknownFlags = true
	flags.StringSliceVar(&parsed.etcdServers, "etcd-servers", nil, "addresses of etcd")
	flags.StringVar(&parsed.etcdCA, "etcd-cafile", "", "authority that etcd's certificate must come from")
	flags.StringVar(&parsed.etcdCertificate, "etcd-certfile", "", "client certificate for etcd")
	flags.StringVar(&parsed.etcdKey, "etcd-keyfile", "", "key of the client certificate")
	flags.IntVar(&parsed.securePort, "secure-port", defaultPort(name), "port to serve on")
	flags.StringVar(&parsed.bindAddress, "bind-address", "0.0.0.0", "address to serve on")
	flags.StringVar(&parsed.advertiseAddress, "advertise-address", "", "address under which the lease is kept")
	flags.StringVar(&parsed.tlsCertificate, "tls-cert-file", "", "certificate to serve with; made up when absent")
	flags.StringVar(&parsed.tlsKey, "tls-private-key-file", "", "key of that certificate")
	flags.StringVar(&parsed.kubeconfig, "kubeconfig", "", "where the API server is that is watched")
	flags.DurationVar(&parsed.watchDrain, "standin-watch-drain", 0,
		"how long open watches keep it alive after SIGTERM; 0, as in the real one: until SIGKILL")
	return parsed, flags.Parse(arguments)
}

func defaultPort(name string) int {
	switch name {
	case "kube-controller-manager":
		return 10257
	case "kube-scheduler":
		return 10259
	default:
		return 6443
	}
}

// linger is how long the API server lives on after it closed its port, as the real one does, if longer.
const linger = 2 * time.Second
