using System.Collections.Immutable;
using Gamification.Statements;

namespace Gamification.Recognition;

/// <summary>What became of a command.</summary>
[GenerateSerializer, Immutable, Alias("recognition-outcome")]
public abstract record RecognitionOutcome
{
    /// <summary>Durable, now or when the same command came first. <see cref="Refund"/> is what the member gets back, in minor units.</summary>
    [GenerateSerializer, Immutable, Alias("recognition-outcome.done")]
    public sealed record Done([property: Id(0)] bool Replayed, [property: Id(1)] long Refund, [property: Id(2)] ImmutableArray<Sentence> Says) : RecognitionOutcome;

    /// <summary>The id was used for another command.</summary>
    [GenerateSerializer, Immutable, Alias("recognition-outcome.conflict")]
    public sealed record Conflict : RecognitionOutcome;

    [GenerateSerializer, Immutable, Alias("recognition-outcome.refused")]
    public sealed record Refused([property: Id(0)] Refusal Refusal) : RecognitionOutcome;
}

/// <summary>A member's tier, badges, streaks, cards and plans beside its account. The key is <c>programme/surrogate</c>.</summary>
[Alias("recognised-member")]
public interface IRecognisedMember : IGrainWithStringKey
{
    /// <summary>
    /// Does what is asked, durable on return. The same id again, also after years, is answered with the first result and changes nothing; with another
    /// command it is a conflict. Refused by the rules of what is asked, and where the programme does not recognise its members.
    /// </summary>
    /// <param name="id">Of the command: 1 to 100 characters, chosen by the caller, unique for the member.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="by">Whose credential asked.</param>
    /// <param name="receivedAt">When it reached the edge.</param>
    [Alias("do")]
    Task<RecognitionOutcome> Do(string id, RecognitionCommand command, string by, DateTimeOffset receivedAt);

    /// <summary>What the member has and is on the way to, at the business time; null where the programme does not recognise its members.</summary>
    [Alias("recognition")]
    Task<RecognitionView?> Recognition();

    /// <summary>
    /// Makes a badge what it would be had it been there from the member's first entry on, durable on return; nothing where that cannot be, and the second time. Reads the
    /// member's whole history.
    /// </summary>
    /// <param name="badge">Its id.</param>
    /// <param name="by">Who asks, for the record.</param>
    /// <param name="receivedAt">When it reached the edge.</param>
    /// <param name="isPreview">Nothing is recorded.</param>
    [Alias("fill-badge")]
    Task<BadgeFilled> FillBadge(string badge, string by, DateTimeOffset receivedAt, bool isPreview);
}
