package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"go.etcd.io/etcd/clientv3"
	"go.etcd.io/etcd/pkg/transport"
)

const (
	configMaps   = "/registry/configmaps/"
	masterLeases = "/registry/masterleases/"
	leaseSeconds = 15
	renewEvery   = 10 * time.Second
)

type store struct {
	client *clientv3.Client
}

func openStore(options options) (*store, error) {
	info := transport.TLSInfo{
		CertFile:      options.etcdCertificate,
		KeyFile:       options.etcdKey,
		TrustedCAFile: options.etcdCA,
	}
	security, err := info.ClientConfig()
	if err != nil {
		return nil, fmt.Errorf("certificates for etcd: %v", err)
	}
	client, err := clientv3.New(clientv3.Config{
		Endpoints:            options.etcdServers,
		TLS:                  security,
		DialTimeout:          startLimit,
		DialKeepAliveTime:    30 * time.Second,
		DialKeepAliveTimeout: 10 * time.Second,
	})
	if err != nil {
		return nil, fmt.Errorf("etcd at %v: %v", options.etcdServers, err)
	}
	return &store{client}, nil
}

func (store *store) close() {
	if err := store.client.Close(); err != nil {
		fmt.Fprintf(os.Stderr, "closing the connection to etcd: %v\n", err)
	}
}

// check reads what need not exist: an answer takes a member that has a leader.
func (store *store) check(limit context.Context) error {
	_, err := store.client.Get(limit, "/registry/health")
	return err
}

func (store *store) get(limit context.Context, key string) (value []byte, revision int64, err error) {
	response, err := store.client.Get(limit, key)
	if err != nil || len(response.Kvs) == 0 {
		return nil, 0, err
	}
	return response.Kvs[0].Value, response.Kvs[0].ModRevision, nil
}

func (store *store) put(limit context.Context, key string, value []byte) (int64, error) {
	response, err := store.client.Put(limit, key, string(value))
	if err != nil {
		return 0, err
	}
	return response.Header.Revision, nil
}

func (store *store) remove(limit context.Context, key string) (existed bool, err error) {
	response, err := store.client.Delete(limit, key)
	if err != nil {
		return false, err
	}
	return response.Deleted > 0, nil
}

func (store *store) list(limit context.Context, prefix string) (*clientv3.GetResponse, error) {
	return store.client.Get(limit, prefix, clientv3.WithPrefix())
}

// keepLease tells the other API servers that this one lives, with a fresh lease each time, until it is cancelled.
func (store *store) keepLease(until context.Context, address string) {
	for {
		if err := store.renew(until, address); err != nil && until.Err() == nil {
			fmt.Fprintf(os.Stderr, "renewing the lease: %v\n", err)
		}
		select {
		case <-until.Done():
			return
		case <-time.After(renewEvery):
		}
	}
}

func (store *store) renew(until context.Context, address string) error {
	limit, cancel := context.WithTimeout(until, 5*time.Second)
	defer cancel()
	lease, err := store.client.Grant(limit, leaseSeconds)
	if err != nil {
		return err
	}
	value := fmt.Sprintf(`{"kind":"Endpoints","apiVersion":"v1","subsets":[{"addresses":[{"ip":%q}]}]}`, address)
	_, err = store.client.Put(limit, masterLeases+address, value, clientv3.WithLease(lease.ID))
	return err
}

// dropLease is a courtesy: where etcd is gone already, the lease runs out by itself.
func (store *store) dropLease(address string) {
	limit, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if _, err := store.client.Delete(limit, masterLeases+address); err != nil {
		fmt.Fprintf(os.Stderr, "dropping the lease: %v\n", err)
	}
}
