package aparte.cli;

import aparte.consent.ConsentLedger;
import aparte.testkit.ConsentLedgerContract;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileLedgerTest extends ConsentLedgerContract {
    @TempDir
    private Path folder;

    private FileLedger open() {
        return new FileLedger(folder.resolve("ledger"), new LockFile(folder.resolve("ledger.lock")));
    }

    @Override
    protected ConsentLedger ledger() {
        return open();
    }

    @Override
    protected ConsentLedger elsewhere() {
        return open();
    }

    @Override
    protected void outage(Runnable whileDown) throws Exception {
        Path file = folder.resolve("ledger");
        Path aside = Files.move(file, folder.resolve("aside"));
        Files.createDirectory(file);
        whileDown.run();
        Files.delete(file);
        Files.move(aside, file);
    }
}
