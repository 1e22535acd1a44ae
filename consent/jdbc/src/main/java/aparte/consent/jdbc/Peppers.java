package aparte.consent.jdbc;

import aparte.Address;
import aparte.Identity;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The live peppers, their key schedules made once, and what is hashed with them: {@code HMAC-SHA-256(pepper, kind ‖ 0 ‖
 * length ‖ canonical address ‖ scope)}. Immutable and thread-safe; a {@link Hasher} is for one thread.
 */
final class Peppers {
    private static final String ALGORITHM = "HmacSHA256";

    private final String currentId;
    private final Map<String, Mac> macs; // initialised, never fed: only cloned

    private Peppers(String currentId, Map<String, Mac> macs) {
        this.currentId = currentId;
        this.macs = macs;
    }

    static Peppers of(PepperProvider provider) {
        String current = provider.currentKeyId();
        Map<String, byte[]> peppers = provider.peppers();
        if (!peppers.containsKey(current)) {
            throw new StorageException(
                    StorageException.Reason.PEPPER_MISSING,
                    "the pepper provider names '" + current + "' as the current key id, but has no pepper under it");
        }
        Map<String, Mac> macs = new LinkedHashMap<>();
        macs.put(current, mac(current, peppers));
        for (String id : peppers.keySet()) {
            macs.computeIfAbsent(id, other -> mac(other, peppers));
        }
        return new Peppers(current, macs);
    }

    private static Mac mac(String id, Map<String, byte[]> peppers) {
        byte[] pepper = peppers.get(id);
        if (id.isEmpty() || id.length() > 64 || id.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("a pepper's key id must be 1 to 64 visible ASCII characters");
        }
        if (pepper == null || pepper.length < 32) {
            throw new IllegalArgumentException("the pepper under key id '" + id + "' must have at least 32 bytes");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(pepper, ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, impossible);
        }
    }

    String currentId() {
        return currentId;
    }

    /** Returns the ids of all live peppers, the current one first. */
    Set<String> ids() {
        return macs.keySet();
    }

    /** Returns what tells the pepper under this id from another one, without telling the pepper. */
    byte[] checkOf(String id) {
        return clone(id).doFinal("aparte: which pepper is this?".getBytes(StandardCharsets.UTF_8));
    }

    private Mac clone(String id) {
        Mac mac = macs.get(id);
        if (mac == null) {
            throw new IllegalArgumentException("no pepper under key id '" + id + "'");
        }
        try {
            return (Mac) mac.clone();
        } catch (CloneNotSupportedException unsupported) {
            throw new IllegalStateException("the security provider's " + ALGORITHM + " cannot be cloned", unsupported);
        }
    }

    Hasher hasher() {
        return new Hasher();
    }

    /** An address or a reference, to be hashed: the canonical spelling first. */
    record Name(List<byte[]> spellings) {
        static Name of(Address address) {
            List<Address> keys = address.keys();
            List<byte[]> spellings = new ArrayList<>(keys.size());
            for (Address key : keys) {
                spellings.add(message(key.kind().name(), key.value(), key.scope()));
            }
            return new Name(spellings);
        }

        static Name ofReference(String reference) {
            return new Name(List.of(message("", reference, "")));
        }

        /** An inbound event's key, which may hold an id of the person. No kind of address has a capital letter. */
        static Name ofEvent(String key) {
            return new Name(List.of(message("Event", key, "")));
        }

        /** Returns the reference, if there is one, and the addresses. */
        static List<Name> of(Identity person) {
            List<Name> names = new ArrayList<>(person.addresses().size() + 1);
            for (Address address : person.addresses()) {
                names.add(of(address));
            }
            person.reference().ifPresent(reference -> names.add(ofReference(reference)));
            return names;
        }

        private static byte[] message(String kind, String value, String scope) {
            byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
            byte[] scopeBytes = scope.getBytes(StandardCharsets.UTF_8);
            byte[] bytes = new byte[kind.length() + 3 + valueBytes.length + scopeBytes.length];
            int at = 0;
            while (at < kind.length()) {
                bytes[at] = (byte) kind.charAt(at++);
            }
            at++; // a kind holds no zero byte
            bytes[at++] = (byte) (valueBytes.length >> 8);
            bytes[at++] = (byte) valueBytes.length;
            System.arraycopy(valueBytes, 0, bytes, at, valueBytes.length);
            System.arraycopy(scopeBytes, 0, bytes, at + valueBytes.length, scopeBytes.length);
            return bytes;
        }
    }

    /** Hashes names. Not thread-safe; made per call, or per page of people. */
    final class Hasher {
        private final List<Mac> own = new ArrayList<>(macs.size());

        private Hasher() {
            for (String id : macs.keySet()) {
                own.add(Peppers.this.clone(id));
            }
        }

        /** Returns the hash that new rows carry. */
        byte[] current(Name name) {
            return own.get(0).doFinal(name.spellings().get(0));
        }

        /** Adds every hash under which the name may be kept: each spelling under each live pepper. */
        void addAll(Name name, Collection<byte[]> hashes) {
            for (int i = 0; i < own.size(); i++) {
                for (int j = 0; j < name.spellings().size(); j++) {
                    hashes.add(own.get(i).doFinal(name.spellings().get(j)));
                }
            }
        }
    }
}
