package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"
)

const startLimit = 20 * time.Second

// serveAPI gives up when etcd does not answer at the start, and leaves it to the kubelet to try again, as the real one.
func serveAPI(options options, signals <-chan os.Signal) error {
	store, err := openStore(options)
	if err != nil {
		return err
	}
	defer store.close()
	starting, cancel := context.WithTimeout(context.Background(), startLimit)
	err = store.check(starting)
	cancel()
	if err != nil {
		return fmt.Errorf("etcd does not answer: %v", err)
	}
	renewing, stopRenewing := context.WithCancel(context.Background())
	defer stopRenewing()
	renewed := make(chan struct{})
	go func() {
		defer close(renewed)
		store.keepLease(renewing, options.advertiseAddress)
	}()
	return serve(options, apiHandler(store), signals, func() {
		stopRenewing()
		<-renewed
		store.dropLease(options.advertiseAddress)
		time.Sleep(linger)
	})
}

func serveHealth(options options, signals <-chan os.Signal) error {
	handler := http.NewServeMux()
	handler.HandleFunc("/", func(response http.ResponseWriter, _ *http.Request) { fmt.Fprint(response, "ok") })
	if options.kubeconfig != "" {
		go keepWatching(options.kubeconfig)
	}
	// Nothing keeps these: they end when they are told to.
	options.watchDrain = time.Millisecond
	return serve(options, handler, signals, func() {})
}

// serve answers until a signal comes. Then the port closes at once, and what is open may end first.
func serve(options options, handler http.Handler, signals <-chan os.Signal, closed func()) error {
	certificate, err := servingCertificate(options)
	if err != nil {
		return err
	}
	server := &http.Server{
		Addr:              net.JoinHostPort(options.bindAddress, strconv.Itoa(options.securePort)),
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		TLSConfig:         &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12},
	}
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServeTLS("", "") }()
	select {
	case err := <-failed:
		return err
	case got := <-signals:
		fmt.Fprintf(os.Stderr, "got %v, closing the port\n", got)
		limit := context.Background()
		if options.watchDrain > 0 {
			drain, cancel := context.WithTimeout(limit, options.watchDrain)
			defer cancel()
			limit = drain
		}
		drained := make(chan error, 1)
		go func() { drained <- server.Shutdown(limit) }()
		closed()
		if err := <-drained; err != nil {
			fmt.Fprintf(os.Stderr, "open requests are cut off: %v\n", err)
			return server.Close()
		}
		if options.watchDrain == 0 {
			// The real one watches itself, and waits for that too: with every kubelet stopped it is killed all the same.
			select {}
		}
		return nil
	}
}

func servingCertificate(options options) (tls.Certificate, error) {
	if options.tlsCertificate != "" {
		return tls.LoadX509KeyPair(options.tlsCertificate, options.tlsKey)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().AddDate(1, 0, 0),
	}
	encoded, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{Certificate: [][]byte{encoded}, PrivateKey: key}, nil
}
