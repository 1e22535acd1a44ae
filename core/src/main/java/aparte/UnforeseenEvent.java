package aparte;

/** Never instantiated; see {@link Unforeseen}. */
final class UnforeseenEvent implements InboundEvent.Personal {
    private UnforeseenEvent() {}

    @Override
    public InboundEvent.Source source() {
        throw new IllegalStateException("never instantiated");
    }
}
