using Gamification.Activities;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Vault;
using NodaTime;

namespace Gamification.Api;

/// <summary>
/// Takes a stated event to its member's account and says what became of it. A removal goes to whoever holds the event. Whatever is refused is in
/// quarantine before the source is told.
/// </summary>
public sealed class EventDesk(IGrainFactory grains, Cards cards, Insistence insistence)
{
    private static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(5);

    private static readonly string ZoneRules = DateTimeZoneProviders.Tzdb.VersionId is var version && version.StartsWith("TZDB: ", StringComparison.Ordinal) ? version[6..].Split(' ')[0] : version;

    internal async ValueTask<EventAnswer> Post(Programme programme, ReadOnlyMemory<byte> body, StatedEvent? stated, Problem? problem, DateTimeOffset receivedAt)
    {
        if (stated is null) return await Quarantine(programme, body, problem!, receivedAt);
        var (member, refused) = await Holder(programme, stated, admits: stated.Original is null);
        if (refused is not null) return await Quarantine(programme, body, refused, receivedAt);
        var (outcome, wrong) = stated.Original is { } original
            ? (await Revise(programme, stated, original, member!, receivedAt), null)
            : await Report(programme, stated, member!, receivedAt);
        return outcome switch
        {
            null => await Quarantine(programme, body, wrong!, receivedAt),
            ActivityOutcome.Recorded { Record: var record } => new EventAnswer(record, Replayed: false, await PublicId(programme, record, member!)),
            ActivityOutcome.Replayed { Record: var record } => new EventAnswer(record, Replayed: true, await PublicId(programme, record, member!)),
            ActivityOutcome.Conflict conflict => await Quarantine(programme, body, ConflictOf(stated, conflict), receivedAt),
            ActivityOutcome.Refused { Refusal: var refusal } => await Quarantine(programme, body, Refused(refusal), receivedAt),
            var other => throw new NotSupportedException($"No answer is defined for {other.GetType().Name}."),
        };
    }

    /// <summary>What the event would earn, by the same rule; nobody is admitted and nothing kept.</summary>
    internal async ValueTask<(ActivityPreview? Preview, Problem? Problem)> Preview(Programme programme, StatedEvent stated, DateTimeOffset receivedAt)
    {
        if (stated.Type is null) return (null, new(ProblemKind.InvalidEvent, "A removal earns nothing to preview.") { Errors = [new("/type", "unknown-value", "Send the event itself.")] });
        var (member, refused) = await Holder(programme, stated, admits: false);
        if (refused is not null) return (null, refused);
        var (activity, wrong) = await Activity(programme, stated, receivedAt);
        return wrong is null ? (await Account(programme, member!.Member).PreviewActivity(activity!, receivedAt), null) : (null, wrong);
    }

    private async ValueTask<(ActivityOutcome? Outcome, Problem? Problem)> Report(Programme programme, StatedEvent stated, Membership member, DateTimeOffset receivedAt)
    {
        var (activity, wrong) = await Activity(programme, stated, receivedAt);
        return wrong is null ? (await Insist(() => Account(programme, member.Member).Report(activity!, receivedAt)), null) : (null, wrong);
    }

    private async ValueTask<ActivityOutcome> Revise(Programme programme, StatedEvent stated, ActivityKey original, Membership member, DateTimeOffset receivedAt)
    {
        var (occurredAt, flags) = When(stated, receivedAt);
        var revision = new ActivityRevision
        {
            Key = stated.Key,
            Original = original,
            Removes = stated.Removes,
            By = stated.By,
            OccurredAt = occurredAt,
            Content = stated.Content(programme.Secrets.Content),
            Flags = flags,
        };
        var owner = await grains.GetGrain<IActivityIndexGrain>(programme.Settings.Id).OwnerOf(original) ?? member.Member;
        return await Insist(() => Account(programme, owner).Revise(revision, receivedAt));
    }

    private async ValueTask<(ReportedActivity? Activity, Problem? Problem)> Activity(Programme programme, StatedEvent stated, DateTimeOffset receivedAt)
    {
        var actor = stated.Actor is { } named ? await Find(programme, named) : null;
        if (stated.Actor is not null && actor is null) return (null, Unknown("/data/actor"));
        var (occurredAt, flags) = When(stated, receivedAt);
        var local = programme.LocalAt(stated.Store, occurredAt);
        return (new()
        {
            Key = stated.Key,
            Type = stated.Type!.Value,
            OccurredAt = local,
            BusinessDate = DateOnly.FromDateTime(local.DateTime),
            Store = stated.Store,
            Channel = stated.Channel ?? (stated.Store is null ? Channel.Web : Channel.Store),
            Subject = stated.Subject,
            Actor = actor?.Member,
            Target = stated.Target,
            Content = stated.Content(programme.Secrets.Content),
            Flags = flags,
            ZoneRules = ZoneRules,
        }, null);
    }

    private static (DateTimeOffset OccurredAt, ReceiptFlags Flags) When(StatedEvent stated, DateTimeOffset receivedAt) => stated.Time switch
    {
        null => (receivedAt, ReceiptFlags.OccurredAtMissing),
        { } time when time > receivedAt + AheadMax => (receivedAt, ReceiptFlags.OccurredAtClamped),
        { } time => (time, ReceiptFlags.None),
    };

    /// <summary>Whose event it is. What somebody does who has not enrolled yet earns nothing later, so it is refused now.</summary>
    private async ValueTask<(Membership? Member, Problem? Problem)> Holder(Programme programme, StatedEvent stated, bool admits)
    {
        var id = programme.Settings.Id;
        if (stated.Member is { } named) return await Find(programme, named) is { } member ? (member, null) : (null, Unknown("/data/member"));
        var holder = admits ? (await cards.Resolve(id, stated.Card!))?.Membership : await cards.Find(id, stated.Card!);
        return holder is { Enrolled: true } ? (holder, null) : (null, Refused(new("not-enrolled", "/data/card", "Enrol the card and send the event again.")));
    }

    private async ValueTask<Membership?> Find(Programme programme, string publicId) =>
        MemberDirectory.IsPublicId(publicId) ? await grains.GetGrain<ICardsGrain>(programme.Settings.Id).FindPublicId(publicId) : null;

    /// <summary>A removal may have gone to another account than the one it names.</summary>
    private async ValueTask<string?> PublicId(Programme programme, ActivityRecord record, Membership named) =>
        record.Member == named.Member ? named.PublicId : (await grains.GetGrain<ICardsGrain>(programme.Settings.Id).FindMembers([record.Member]))[0]?.PublicId;

    private IActivityAccount Account(Programme programme, MemberId member) => grains.GetGrain<IActivityAccount>(ActorKeys.Member(programme.Settings.Id, member));

    /// <summary>The account counts an event once, so that one whose answer was lost with a node is simply reported again.</summary>
    private async Task<ActivityOutcome> Insist(Func<Task<ActivityOutcome>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault) when (HostFaults.IsLost(fault))
        {
            return await insistence.On(ask);
        }
    }

    private async ValueTask<EventAnswer> Quarantine(Programme programme, ReadOnlyMemory<byte> body, Problem problem, DateTimeOffset receivedAt)
    {
        await grains.GetGrain<ICardsGrain>(programme.Settings.Id).Quarantine(new()
        {
            Store = "",
            Reason = problem.Kind.Code,
            Detail = problem.Detail,
            Body = body.ToArray(), // The buffer goes back to its pool.
            ReceivedAt = receivedAt,
        });
        return problem;
    }

    private static Problem Unknown(string field) => new(ProblemKind.InvalidEvent, $"{field}: the programme has no such member.") { Errors = [new(field, "unknown-member", "Send a public id as boards show it.")] };

    private static Problem Refused(Refusal refusal) => new(ProblemKind.RefusedEvent, refusal.Remedy) { Errors = [new(refusal.Field, refusal.Code, refusal.Remedy)] };

    private static Problem ConflictOf(StatedEvent stated, ActivityOutcome.Conflict conflict) =>
        new(ProblemKind.EventConflict, $"Event {stated.Key} was recorded with other content at {conflict.FirstRecordedAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}.")
        {
            Errors = [new("/id", "event-conflict", "Give the event an id of its own, or send a removal for what was wrong.")],
        };
}
