package dev.runbook.etcd.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Sorts numbers in off-heap memory with a given order: a heapsort, in place, O(n log n) at worst. */
public final class OffHeapSort {
    private final MemorySegment numbers;
    private final Order order;

    /** Less than 0 when the left number comes first. */
    @FunctionalInterface
    public interface Order {
        int compare(long left, long right);
    }

    public OffHeapSort(MemorySegment numbers, Order order) {
        this.numbers = numbers;
        this.order = order;
    }

    /**
     * Sorts the first numbers.
     *
     * @param count how many of them
     */
    public void sort(long count) {
        for (long root = count / 2 - 1; root >= 0; root--) {
            sink(root, count);
        }
        for (long end = count - 1; end > 0; end--) {
            long largest = at(0);
            put(0, at(end));
            put(end, largest);
            sink(0, end);
        }
    }

    private void sink(long start, long end) {
        long moved = at(start);
        long hole = start;
        for (long child = 2 * hole + 1; child < end; child = 2 * hole + 1) {
            if (child + 1 < end && order.compare(at(child), at(child + 1)) < 0) {
                child++;
            }
            if (order.compare(moved, at(child)) >= 0) {
                break;
            }
            put(hole, at(child));
            hole = child;
        }
        put(hole, moved);
    }

    private long at(long place) {
        return numbers.getAtIndex(ValueLayout.JAVA_LONG, place);
    }

    private void put(long place, long number) {
        numbers.setAtIndex(ValueLayout.JAVA_LONG, place, number);
    }
}
