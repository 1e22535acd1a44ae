package aparte.cli;

import aparte.consent.jdbc.PepperProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** The secret that addresses are hashed with: 32 random bytes in Base64, in a file or in the environment. */
final class Pepper {
    /** The environment's variable; it wins over the file. */
    static final String VARIABLE = "APARTE_PEPPER";

    private static final String KEY_ID = "cli";
    private static final int BYTES = 32;

    private final PepperProvider provider;

    private Pepper(String text, String where) {
        byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
        if (bytes.length < BYTES) {
            throw new BadUseException("the pepper in " + where + " must have at least " + BYTES + " characters");
        }
        this.provider = PepperProvider.of(KEY_ID, bytes);
    }

    /**
     * Finds the pepper of a ledger, or makes it if the ledger is new.
     *
     * @throws BadUseException if it is lost
     */
    static Pepper of(Path ledger, boolean fresh) throws IOException {
        return of(ledger, fresh, Optional.ofNullable(System.getenv(VARIABLE)).filter(text -> !text.isBlank()));
    }

    static Pepper of(Path ledger, boolean fresh, Optional<String> given) throws IOException {
        if (given.isPresent()) {
            return new Pepper(given.get(), VARIABLE);
        }
        Path file = ledger.resolveSibling(ledger.getFileName() + ".pepper");
        if (fresh && Files.notExists(file)) {
            make(file);
        }
        try {
            return new Pepper(Files.readString(file), file.getFileName().toString());
        } catch (NoSuchFileException lost) {
            throw new BadUseException(
                    "the pepper of the ledger " + ledger.getFileName() + " is lost: put back " + file.getFileName()
                            + " or give it as " + VARIABLE + "; without it, those who opted out are not found",
                    lost);
        }
    }

    /** Makes the file in one step, so that of two processes at once one wins and both read the same. */
    private static void make(Path file) throws IOException {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        Path draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
        create(draft);
        try {
            Files.writeString(draft, Base64.getEncoder().encodeToString(bytes) + "\n");
            link(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void link(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException another) {
            // The other process was first, and its pepper is as good.
            return;
        } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
            Files.move(draft, file);
        }
    }

    /** Makes an empty file that only its owner may read, where the system knows owners. */
    static void create(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] owner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Files.createFile(file, owner);
    }

    /** Says what is wrong with a file. */
    static String problem(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "its folder does not exist";
        }
        if (failure instanceof AccessDeniedException) {
            return "access is denied";
        }
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    PepperProvider provider() {
        return provider;
    }
}
