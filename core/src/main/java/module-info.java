/** The words of Aparté. */
@org.jspecify.annotations.NullMarked
module aparte.core {
    requires transitive org.jspecify;

    exports aparte;
}
