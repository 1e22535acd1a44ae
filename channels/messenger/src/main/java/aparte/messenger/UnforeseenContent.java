package aparte.messenger;

/** Never instantiated. Permitted, so that hosts write the branch for contents that Messenger has not yet. */
final class UnforeseenContent implements MessengerContent {
    private UnforeseenContent() {}
}
