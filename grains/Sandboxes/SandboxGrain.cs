using System.Security.Cryptography;
using System.Text;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Rules.Sandboxes;
using NodaTime;

namespace Gamification.Sandboxes;

/// <summary>A sandbox's clock: ask the rule, make it durable, then this node's business clock stands there; and wake whoever has something due.</summary>
internal sealed class SandboxGrain(IJournal journal, IJournalStorage entries, JournalSnapshotOptions snapshots, ProgrammeCatalog programmes, BusinessClock clock, TimeProvider wallClock)
    : Grain, ISandboxGrain
{
    private const int ReadPage = 1_000;
    private const int AtOnce = 32;
    private static readonly Refusal NoSandbox = new("not-a-sandbox", "", "Time moves by itself here. Test in a programme whose settings say \"clock\": \"sandbox\".");

    private SandboxTime _time = SandboxTime.NotPlaced;
    private long _version;
    private JournalTail _tail;

    private string Programme => this.GetPrimaryKeyString();

    private bool IsSandbox => programmes.Find(Programme) is { Clock: BusinessClockKind.Sandbox };

    public override async Task OnActivateAsync(CancellationToken cancellationToken) => await Load(cancellationToken);

    public Task<DateTimeOffset?> Now() => Task.FromResult(IsSandbox ? _time.Now : null);

    public async Task<SandboxOutcome> Advance(SandboxAdvance wish)
    {
        if (!IsSandbox) return new SandboxOutcome.Refused(NoSandbox);
        if (wish.Key is { } asked && await Before(KeyOf(asked, wish), wish) is { } first) return first;
        var (moved, refusal) = _time.Decide(wish, DateTimeZoneProviders.Tzdb[programmes.Of(Programme).TimeZone]);
        if (refusal is not null) return new SandboxOutcome.Refused(refusal);
        if (moved is null) return new SandboxOutcome.Moved(_time.Now, _time.Now!.Value, Replayed: true);
        await Record(moved, wish.Key is { } key ? KeyOf(key, wish) : null);
        return new SandboxOutcome.Moved(moved.Before, moved.To, Replayed: false);
    }

    public async Task<SandboxWaking> Wake(string? after)
    {
        if (!IsSandbox) return new(0, 0, null);

        // What is no place begins anew: what is done is not done twice.
        if (await entries.NextMembers(Programme, MembersWalk.PlaceIn(after) ?? default, ReadPage) is not var (members, next))
        {
            // After the members: a challenge that ends counts what they have done by then.
            foreach (var run in (await GrainFactory.GetGrain<IChallengeListGrain>(Programme).View()).Open) await GrainFactory.GetGrain<IChallengeGrain>(run.ToString()).Due();
            return new(0, 0, null);
        }

        var changed = 0;
        foreach (var some in members.Chunk(AtOnce))
        {
            var done = await Task.WhenAll(some.Select(member => GrainFactory.GetGrain<IDueMember>($"{member.Programme}/{member.Key}").Due(wallClock.GetUtcNow())));
            changed += done.Count(did => did);
        }

        return new(members.Length, changed, next.ToString());
    }

    private async Task Load(CancellationToken cancellation)
    {
        var history = await journal.Load(SandboxForm.ActorOf(Programme), cancellation);
        _time = SandboxForm.Json.StateOf(history);
        _version = history.Version;
        _tail = JournalTail.Of(history);
        if (_time.Now is { } now && IsSandbox) clock.Place(Programme, now);
    }

    /// <summary>What the key did the first time; null when it is new.</summary>
    private async Task<SandboxOutcome?> Before(BusinessKey key, SandboxAdvance wish)
    {
        if (await journal.FindKey(Programme, key, CancellationToken.None) is not { } first || SandboxForm.Json.Read(first) is not { } moved) return null;
        return moved.Wish == SandboxMoved.Stated(wish) ? new SandboxOutcome.Moved(moved.Before, moved.To, Replayed: true) : new SandboxOutcome.KeyReused(first.RecordedAt);
    }

    private async Task Record(SandboxMoved moved, BusinessKey? key)
    {
        var time = _time.Apply(moved);
        var written = SandboxForm.Json.Write(moved) with { Key = key };
        var tail = _tail.Then([written]);
        var snapshot = tail.Calls(snapshots) ? (ReadOnlyMemory<byte>?)SandboxForm.Json.WriteState(time) : null;
        try
        {
            var outcome = await journal.Append(new()
            {
                Actor = SandboxForm.ActorOf(Programme),
                ExpectedVersion = _version,
                Entries = [written],
                Snapshot = snapshot,
            });
            if (outcome is not AppendOutcome.Appended) throw new JournalUnavailableException("Another activation of this sandbox wrote first; nothing was written. Ask again.");
        }
        catch
        {
            // Whatever went wrong, the journal knows better than this memory.
            DeactivateOnIdle();
            throw;
        }

        (_time, _version, _tail) = (time, _version + 1, tail.After(snapshot));
        clock.Place(Programme, moved.To);
    }

    private static BusinessKey KeyOf(string key, SandboxAdvance wish) => new(0, Digest($"sandbox\0{key}"), Digest(SandboxMoved.Stated(wish)));

    private static Guid Digest(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(..16), bigEndian: true);
}
