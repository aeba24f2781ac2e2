package main

import (
	"fmt"
	"io"
	"io/ioutil"
	"net/http"
	"os"
	"time"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

const watchAgain = time.Second

// keepWatching holds a watch of nodes open, as every controller does, and begins another when it ends.
func keepWatching(kubeconfig string) {
	for ; ; time.Sleep(watchAgain) {
		if err := watchNodes(kubeconfig); err != nil {
			fmt.Fprintf(os.Stderr, "watching nodes: %v\n", err)
		}
	}
}

func watchNodes(kubeconfig string) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	transport, err := rest.TransportFor(config)
	if err != nil {
		return err
	}
	client := http.Client{Transport: transport}
	answer, err := client.Get(config.Host + "/api/v1/nodes?watch=true")
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	_, err = io.Copy(ioutil.Discard, answer.Body)
	return err
}
