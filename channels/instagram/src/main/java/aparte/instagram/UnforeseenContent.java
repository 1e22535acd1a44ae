package aparte.instagram;

/** Never instantiated. Permitted, so that hosts write the branch for contents that Instagram has not yet. */
final class UnforeseenContent implements InstagramContent {
    private UnforeseenContent() {}
}
