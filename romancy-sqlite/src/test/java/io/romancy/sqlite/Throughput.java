package io.romancy.sqlite;

import io.romancy.spi.Storage;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.model.NodeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures commits per second; a main, since a figure is no test. Names a folder on the disk to be measured. */
final class Throughput {
    private static final Logger LOG = LoggerFactory.getLogger(Throughput.class);
    private static final int BATCH = 64;

    private Throughput() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(arguments.length == 0 ? "." : arguments[0]), "throughput");
        for (String synchronous : List.of("full", "normal", "off")) {
            try (Storage storage =
                    TestFiles.open(folder.resolve(synchronous + ".db"), Map.of(Options.SYNCHRONOUS, synchronous))) {
                measure(storage, synchronous);
            }
        }
    }

    private static void measure(Storage storage, String name) {
        NodeId node = Samples.join(storage);
        storage.runs()
                .commit(IntStream.range(0, BATCH)
                        .mapToObj(i -> Samples.start("run-" + i))
                        .toList());
        var runs = Samples.claim(storage, node, BATCH);
        IntConsumer batch = position -> commit(
                storage,
                runs.stream()
                        .map(run -> (Commit) Samples.step(run.claim(), position))
                        .toList());
        IntConsumer single =
                position -> commit(storage, List.of(Samples.step(runs.getFirst().claim(), position)));
        seconds(0, 300, batch);
        LOG.info("{}: one-step commits/s in batches of {}: {}", name, BATCH, (int)
                (400 * BATCH / seconds(300, 700, batch)));
        seconds(700, 1700, single);
        LOG.info("{}: single commits/s: {}", name, (int) (2000 / seconds(1700, 3700, single)));
        LOG.info("{}: idle claims/s: {}", name, (int)
                (20_000 / seconds(0, 20_000, i -> Samples.claim(storage, node, 1))));
    }

    private static void commit(Storage storage, List<Commit> commits) {
        for (CommitResult result : storage.runs().commit(commits)) {
            if (!(result instanceof CommitResult.Taken)) {
                throw new IllegalStateException("not taken: " + result);
            }
        }
    }

    private static double seconds(int from, int to, IntConsumer work) {
        long began = System.nanoTime();
        IntStream.range(from, to).forEach(work);
        return (System.nanoTime() - began) / 1e9;
    }
}
