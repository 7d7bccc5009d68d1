using System.Collections.Immutable;
using Gamification.Leaderboards;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Statements;

namespace Gamification.Challenges;

/// <summary>What became known of one member, in the order of its versions.</summary>
[GenerateSerializer, Immutable, Alias("member-deeds")]
public sealed record MemberDeeds(
    [property: Id(0)] MemberId Member, [property: Id(1)] long Version, [property: Id(2)] ImmutableArray<DeedChange> Changes);

/// <summary>All that a stretch of one partition, after <see cref="PreviousSeq"/> up to and including <see cref="ToSeq"/>, says of members' deeds.</summary>
[GenerateSerializer, Immutable, Alias("challenge-changes")]
public sealed record ChallengeChanges(
    [property: Id(0)] int Partition, [property: Id(1)] long PreviousSeq, [property: Id(2)] long ToSeq, [property: Id(3)] ImmutableArray<MemberDeeds> Members)
{
    /// <summary>Who wishes to be seen in no standings, or to be seen again.</summary>
    [Id(4)] public ImmutableArray<VisibilityChange> Visibility { get => field.IsDefault ? [] : field; init; } = [];
}

[GenerateSerializer, Immutable, Alias("milestone-view")]
public sealed record MilestoneView([property: Id(0)] long At, [property: Id(1)] bool IsReached, [property: Id(2)] bool IsUnlocked);

/// <summary>A run as everybody may see it. Instants are UTC.</summary>
[GenerateSerializer, Immutable, Alias("challenge-view")]
public sealed record ChallengeView
{
    [Id(0)] public required ChallengeRunId Run { get; init; }

    [Id(1)] public required ChallengePhase Phase { get; init; }

    [Id(2)] public required Challenge? Challenge { get; init; }

    [Id(3)] public required bool IsPaused { get; init; }

    /// <summary>When the phase changes next by itself; null when it does not.</summary>
    [Id(4)] public DateTimeOffset? NextAt { get; init; }

    /// <summary>Members with a score.</summary>
    [Id(5)] public required int Participants { get; init; }

    /// <summary>What they come to together.</summary>
    [Id(6)] public required long Total { get; init; }

    [Id(7)] public required ImmutableArray<MilestoneView> Milestones { get; init; }

    /// <summary>The hash of the certificate; null until standings are frozen.</summary>
    [Id(8)] public string? Certificate { get; init; }

    /// <summary>Prizes that are in members' accounts.</summary>
    [Id(9)] public required long Received { get; init; }

    /// <summary>The first instant inside, the first after the end, and the first after grace; null for a draft whose window nobody has fixed yet.</summary>
    [Id(10)] public RunTimes? Times { get; init; }

    /// <summary>All of it in sentences, as members read it.</summary>
    [Id(11)] public Sentence? Words { get; init; }

    /// <summary>The versions that participants were shown, oldest first; all but the first say why.</summary>
    [Id(12)] public ImmutableArray<VersionView> Versions { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>All teams or stores, best first, those without a score last; empty in other contests.</summary>
    [Id(13)] public ImmutableArray<GroupView> Groups { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>What of the teasing is out by now.</summary>
    [Id(14)] public ImmutableArray<Wording> Revealed { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The next reveal, or the start; null once it has begun.</summary>
    [Id(15)] public DateTimeOffset? RevealsAt { get; init; }

    /// <summary>Why it ended early or was cancelled; null when it was not.</summary>
    [Id(16)] public Wording? Reason { get; init; }

    /// <summary>The business time at which this was so: what its instants are counted down from.</summary>
    [Id(17)] public DateTimeOffset At { get; init; }
}

/// <summary>A run's window as instants, pauses and early end included.</summary>
[GenerateSerializer, Immutable, Alias("run-times")]
public sealed record RunTimes([property: Id(0)] DateTimeOffset Opens, [property: Id(1)] DateTimeOffset Closes, [property: Id(2)] DateTimeOffset GraceEnds);

[GenerateSerializer, Immutable, Alias("challenge-version-view")]
public sealed record VersionView([property: Id(0)] int Version, [property: Id(1)] DateTimeOffset Since, [property: Id(2)] Wording? Reason);

/// <summary>A team or a store: its id, what it is called, its rank (1-2-2-4; 0 while it has no score) and its score: a sum, or thousandths a member.</summary>
[GenerateSerializer, Immutable, Alias("challenge-group-view")]
public sealed record GroupView([property: Id(0)] string Id, [property: Id(1)] Wording Name, [property: Id(2)] int Rank, [property: Id(3)] long Score);

/// <summary>Where a member stands: the sum over its stores in a contest of stores.</summary>
[GenerateSerializer, Immutable, Alias("challenge-progress")]
public sealed record MemberProgress([property: Id(0)] long Score, [property: Id(1)] long Target, [property: Id(2)] bool IsComplete, [property: Id(3)] bool HasJoined)
{
    /// <summary>"Plus que 2"; null when nothing is left to do.</summary>
    [Id(4)] public Sentence? Left { get; init; }

    /// <summary>In a contest of teams.</summary>
    [Id(5)] public string? Team { get; init; }

    [Id(6)] public bool IsHidden { get; init; }

    /// <summary>Null without a score, in contests where nobody ranks, and once all is settled: from then on the settled standings say it.</summary>
    [Id(7)] public OwnRank? Rank { get; init; }
}

/// <summary>What of a settled run is kept for ever: canonical texts in chunks.</summary>
public enum ArchivePart
{
    Standings,
    Prizes,
}

/// <summary>
/// One run of a challenge. The key is a <see cref="ChallengeRunId"/>. Commands are durable on return and may be repeated: an empty list says that it is as asked,
/// otherwise nothing changed. It settles by itself, whatever dies on the way.
/// </summary>
[Alias("challenge-grain")]
public interface IChallengeGrain : IGrainWithStringKey
{
    [Alias("draft-challenge")]
    Task<ImmutableArray<DocumentError>> Draft(Challenge challenge, string by, DateTimeOffset at);

    /// <summary>From now on what members do is looked at.</summary>
    [Alias("schedule-challenge")]
    Task<ImmutableArray<DocumentError>> Schedule(string by, DateTimeOffset at);

    /// <summary>Widens as it is, or replaces by the next version with a reason that participants see. Everything since the start is counted anew.</summary>
    [Alias("change-challenge")]
    Task<ImmutableArray<DocumentError>> Change(Challenge challenge, Wording? reason, string by, DateTimeOffset at);

    [Alias("pause-challenge")]
    Task<ImmutableArray<DocumentError>> Pause(string by, DateTimeOffset at);

    [Alias("resume-challenge")]
    Task<ImmutableArray<DocumentError>> Resume(bool extends, string by, DateTimeOffset at);

    [Alias("end-challenge")]
    Task<ImmutableArray<DocumentError>> End(Wording reason, string by, DateTimeOffset at);

    [Alias("cancel-challenge")]
    Task<ImmutableArray<DocumentError>> Cancel(Wording reason, string by, DateTimeOffset at);

    /// <summary>Takes back what one slot of the settled standings won; ranks stay. Prizes are taken before the adjustment is recorded, so that a fault is repeated.</summary>
    [ResponseTimeout("00:05:00")]
    [Alias("adjust-challenge")]
    Task<ImmutableArray<DocumentError>> Adjust(Guid slot, string reason, string by, DateTimeOffset at);

    /// <summary>Goes as far as it is time for by the business clock. On return everything that was due is done, or what failed is tried again within a second.</summary>
    [ResponseTimeout("00:05:00")]
    [Alias("challenge-due")]
    Task Due();

    [ReadOnly]
    [Alias("view-challenge")]
    Task<ChallengeView> View(DateTimeOffset at);

    /// <summary>Null for a member without a score who has not joined.</summary>
    [ReadOnly]
    [Alias("challenge-progress-of")]
    Task<MemberProgress?> ProgressOf(MemberId member);

    /// <summary>
    /// Its board while it runs, 500 rows at most: those who are seen and have a score, best first. Null where members do not rank each for itself, before it is scheduled, from when
    /// standings are frozen on, and in the first moments of an activation, until it is known who hides.
    /// </summary>
    [ReadOnly]
    [Alias("challenge-top")]
    Task<ChallengePage?> Top(int offset, int limit);

    /// <summary>The challenge as the certificate hashes it: the version that stands; null before the first draft.</summary>
    [ReadOnly]
    [Alias("challenge-document")]
    Task<string?> Document();

    /// <summary>The canonical text of the certificate; null until standings are frozen.</summary>
    [ReadOnly]
    [Alias("challenge-certificate")]
    Task<string?> Certificate();

    /// <summary>One chunk of the archive; null when there is none with this number.</summary>
    [ReadOnly]
    [Alias("challenge-archive")]
    Task<ReadOnlyMemory<byte>?> Archive(ArchivePart part, int chunk);

    /// <summary>What the feed brings after a commit. A gap is read from the journal.</summary>
    [ResponseTimeout("00:05:00")]
    [Alias("apply-deeds")]
    Task Apply(ImmutableArray<ChallengeChanges> changes);
}
