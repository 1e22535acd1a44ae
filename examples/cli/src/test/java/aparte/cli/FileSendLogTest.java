package aparte.cli;

import aparte.consent.SendLog;
import aparte.testkit.SendLogContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileSendLogTest extends SendLogContract {
    @TempDir
    private Path folder;

    @Override
    protected SendLog sendLog() {
        return new FileSendLog(folder.resolve("file"), new LockFile(folder.resolve("lock")));
    }

    @Override
    protected SendLog elsewhere() {
        return sendLog();
    }
}
