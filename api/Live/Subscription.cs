namespace Gamification.Live;

/// <summary>
/// One topic of one connection. This is all that is kept for a viewer who is behind: that there is something newer, and where it stands.
/// The outbox's lock guards it.
/// </summary>
internal sealed class Subscription(LiveConnection connection, Topic topic, ILiveStream stream)
{
    public LiveConnection Connection => connection;

    public Topic Topic => topic;

    public ILiveStream Stream => stream;

    /// <summary>The turn in which it got dirty; null when there is nothing to send.</summary>
    public long? DirtySince { get; set; }

    /// <summary>Null until something was sent, and again when the client asks for a snapshot.</summary>
    public Cursor? Sent { get; set; }

    /// <summary>Whether this goes before another that is dirty too: by urgency, then whoever has waited longer.</summary>
    public bool GoesBefore(Subscription? other) =>
        other is null || (Topic.Urgency, DirtySince!.Value).CompareTo((other.Topic.Urgency, other.DirtySince!.Value)) < 0;
}
