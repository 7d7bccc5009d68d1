using Microsoft.AspNetCore.SignalR;

namespace Gamification.Live;

/// <summary>The state of a topic that a connection was last sent.</summary>
internal readonly record struct Cursor(string StreamId, long Version);

internal enum PushKind
{
    Snapshot,
    Delta,

    /// <summary>A snapshot because the connection fell too far behind for a delta.</summary>
    CatchUp,
}

/// <summary>One message for a connection, and where it stands once it has it. <see cref="ArrivedAt"/> is a clock's timestamp.</summary>
internal readonly record struct Push(SerializedHubMessage Message, Cursor Cursor, PushKind Kind, long ArrivedAt);

/// <summary>Something that connections follow.</summary>
internal interface ILiveStream
{
    Audience Audience { get; }

    /// <summary>What takes a connection that stands at <paramref name="sent"/> to the newest state; null when it is there, or nothing is known yet.</summary>
    Push? Next(Cursor? sent);
}

/// <summary>A stream that many connections share, and that ends by itself some time after the last has left.</summary>
internal interface IRunningStream : ILiveStream
{
    /// <summary>Something may be due, as when the business date rolled over.</summary>
    void Ring();

    /// <param name="tryRetire">Takes the stream out of the directory; false when a follower came in the meantime.</param>
    Task Run(Func<bool> tryRetire, CancellationToken stopping);
}
