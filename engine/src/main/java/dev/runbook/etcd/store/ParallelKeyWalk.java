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

/** Walks the bucket {@code key}, which holds nearly all of a file, with several threads: each takes the next part of it. */
public final class ParallelKeyWalk {
    private static final int PARTS = 64;

    private final Pages pages;
    private final LiveKeyCounter names;
    private final ExecutorService threads;
    private final int walkers;

    /** @param walkers how many of the threads to use; the caller's is one more that waits */
    public ParallelKeyWalk(Pages pages, LiveKeyCounter names, ExecutorService threads, int walkers) {
        this.pages = pages;
        this.names = names;
        this.threads = threads;
        this.walkers = walkers;
    }

    public KeyTotals walk(Page root) {
        if (!root.branch()) {
            return new KeyWalker(pages, names).walk(root);
        }
        Parts parts = new Parts(split(root));
        List<Future<?>> running = new ArrayList<>();
        for (int walker = 1; walker < walkers; walker++) {
            running.add(threads.submit(parts::work));
        }
        parts.work();
        running.forEach(ParallelKeyWalk::join);
        return parts.result();
    }

    /** Goes down level by level until there are enough parts to keep the threads busy. */
    private List<KeySubtree> split(Page root) {
        List<KeySubtree> level = children(root, KeySubtree.root(root.number()));
        boolean deeper = true;
        while (deeper && level.size() < PARTS) {
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

    /** The parts, and who takes which. */
    private final class Parts {
        private final List<KeySubtree> parts;
        private final AtomicReferenceArray<@Nullable KeyTotals> results;
        private final AtomicReferenceArray<@Nullable DamagedPage> damage;
        private final AtomicInteger next = new AtomicInteger();
        private volatile boolean damaged;

        private Parts(List<KeySubtree> parts) {
            this.parts = parts;
            this.results = new AtomicReferenceArray<>(parts.size());
            this.damage = new AtomicReferenceArray<>(parts.size());
        }

        private void work() {
            // A part that was taken is always finished, so that the first damage of all is the one that is told.
            while (!damaged) {
                int part = next.getAndIncrement();
                if (part >= parts.size()) {
                    return;
                }
                try {
                    results.set(part, new KeyWalker(pages, names).walk(parts.get(part)));
                } catch (DamagedPage found) {
                    damage.set(part, found);
                    damaged = true;
                }
            }
        }

        private KeyTotals result() {
            KeyTotals whole = KeyTotals.NOTHING;
            for (int part = 0; part < parts.size(); part++) {
                DamagedPage found = damage.get(part);
                if (found != null) {
                    throw found;
                }
                KeyTotals result = results.get(part);
                whole = result == null ? whole : whole.and(result);
            }
            return whole;
        }
    }
}
