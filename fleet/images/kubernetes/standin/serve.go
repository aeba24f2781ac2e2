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
	renewed := make(chan struct{})
	go func() {
		defer close(renewed)
		store.keepLease(renewing, options.advertiseAddress)
	}()
	err = serve(options, apiHandler(store), signals)
	stopRenewing()
	<-renewed
	if err == nil {
		store.dropLease(options.advertiseAddress)
		time.Sleep(linger)
	}
	return err
}

func serveHealth(options options, signals <-chan os.Signal) error {
	handler := http.NewServeMux()
	handler.HandleFunc("/", func(response http.ResponseWriter, _ *http.Request) { fmt.Fprint(response, "ok") })
	return serve(options, handler, signals)
}

// serve answers until a signal comes.
func serve(options options, handler http.Handler, signals <-chan os.Signal) error {
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
		return server.Close()
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
