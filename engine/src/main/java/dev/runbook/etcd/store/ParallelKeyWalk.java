package dev.runbook.etcd.store;

import dev.runbook.etcd.bbolt.DamagedPage;
import dev.runbook.etcd.bbolt.Page;
import dev.runbook.etcd.bbolt.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Walks the bucket {@code key}, which holds nearly all of a file, with several threads that share a queue of subtrees. */
public final class ParallelKeyWalk {
    private static final int SUBTREES = 64;

    private final Pages pages;
    private final LiveKeyCounter liveKeys;
    private final ExecutorService threads;
    private final int walkers;

    /** @param walkers number of threads, the caller's included */
    public ParallelKeyWalk(Pages pages, LiveKeyCounter liveKeys, ExecutorService threads, int walkers) {
        this.pages = pages;
        this.liveKeys = liveKeys;
        this.threads = threads;
        this.walkers = walkers;
    }

    public KeyTotals walk(Page root) {
        if (!root.branch()) {
            return new KeyWalker(pages, liveKeys).walk(root);
        }
        SubtreeQueue queue = new SubtreeQueue(split(root));
        List<Future<?>> running = new ArrayList<>();
        for (int walker = 1; walker < walkers; walker++) {
            running.add(threads.submit(queue::work));
        }
        queue.work();
        running.forEach(ParallelKeyWalk::join);
        return queue.result();
    }

    /** Descends level by level until there are enough subtrees to keep the threads busy. */
    private List<KeySubtree> split(Page root) {
        List<KeySubtree> level = children(root, KeySubtree.root(root.number()));
        boolean deeper = true;
        while (deeper && level.size() < SUBTREES) {
            deeper = false;
            List<KeySubtree> next = new ArrayList<>();
            for (KeySubtree tree : level) {
                if (Page.isBranch(pages.raw(tree.page()))) {
                    deeper = true;
                    next.addAll(children(pages.page(tree.page()), tree));
                } else {
                    next.add(tree);
                }
            }
            level = next;
        }
        return level;
    }

    private static List<KeySubtree> children(Page branch, KeySubtree tree) {
        List<KeySubtree> children = new ArrayList<>();
        for (int index = 0; index < branch.count(); index++) {
            children.add(tree.child(branch, index));
        }
        return children;
    }

    private static void join(Future<?> walker) {
        try {
            walker.get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException("walking a snapshot failed", failed);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a snapshot was read", interrupted);
        }
    }

    /** The subtrees, each of which one thread walks. */
    private final class SubtreeQueue {
        private final List<KeySubtree> subtrees;
        private final AtomicReferenceArray<@Nullable KeyTotals> results;
        private final AtomicReferenceArray<@Nullable DamagedPage> damage;
        private final AtomicInteger next = new AtomicInteger();
        private volatile boolean damaged;

        private SubtreeQueue(List<KeySubtree> subtrees) {
            this.subtrees = subtrees;
            this.results = new AtomicReferenceArray<>(subtrees.size());
            this.damage = new AtomicReferenceArray<>(subtrees.size());
        }

        private void work() {
            // A subtree is always finished once taken, so that the first damage in the file is the one reported.
            while (!damaged) {
                int number = next.getAndIncrement();
                if (number >= subtrees.size()) {
                    return;
                }
                try {
                    results.set(number, new KeyWalker(pages, liveKeys).walk(subtrees.get(number)));
                } catch (DamagedPage found) {
                    damage.set(number, found);
                    damaged = true;
                }
            }
        }

        private KeyTotals result() {
            KeyTotals whole = KeyTotals.NOTHING;
            for (int number = 0; number < subtrees.size(); number++) {
                DamagedPage found = damage.get(number);
                if (found != null) {
                    throw found;
                }
                KeyTotals result = results.get(number);
                whole = result == null ? whole : whole.plus(result);
            }
            return whole;
        }
    }
}
