package aparte.cli;

import aparte.consent.Conversations;
import aparte.testkit.ConversationsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileConversationsTest extends ConversationsContract {
    @TempDir
    private Path folder;

    @Override
    protected Conversations conversations() {
        return new FileConversations(folder.resolve("file"), new LockFile(folder.resolve("lock")));
    }

    @Override
    protected Conversations elsewhere() {
        return conversations();
    }
}
