/** How etcd is started: which flags a release has, and the words before etcd on a command line. */
@NullMarked
package dev.runbook.etcd.config.start;

import org.jspecify.annotations.NullMarked;
