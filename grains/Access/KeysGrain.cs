using System.Collections.Immutable;
using Gamification.Journal;

namespace Gamification.Access;

/// <summary>A programme's keys: ask the ring what should happen, make it durable, then show it.</summary>
internal sealed class KeysGrain(IJournal journal, JournalSnapshotOptions snapshots) : Grain, IKeysGrain
{
    private KeyRing _ring = KeyRing.Empty;
    private long _version;
    private JournalTail _tail;

    private ActorId Self => new(this.GetPrimaryKeyString(), "keys", "all");

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var history = await journal.Load(Self, cancellationToken);
        (_ring, _version, _tail) = (KeyForm.Json.StateOf(history), history.Version, JournalTail.Of(history));
    }

    public async Task<KeyGrant?> Add(KeyGrant grant)
    {
        var (entry, existing) = _ring.Add(grant);
        if (entry is null) return existing;
        await Record(entry);
        return grant;
    }

    public async Task<bool> Revoke(string id, DateTimeOffset at)
    {
        var (entry, known) = _ring.Revoke(id, at);
        if (entry is not null) await Record(entry);
        return known;
    }

    public Task<KeyGrant?> Find(string hash) => Task.FromResult(_ring.Grants.Find(grant => grant.Hash == hash && grant.RevokedAt is null));

    public Task<ImmutableArray<KeyGrant>> List() => Task.FromResult(_ring.Grants.ToImmutableArray());

    public Task<long> Version() => Task.FromResult(_version);

    private async Task Record(KeyEntry entry)
    {
        var ring = _ring.Apply(entry);
        var written = KeyForm.Json.Write(entry);
        var tail = _tail.Then([written]);
        var snapshot = tail.Calls(snapshots) ? (ReadOnlyMemory<byte>?)KeyForm.Json.WriteState(ring) : null;
        var append = new Append
        {
            Actor = Self,
            ExpectedVersion = _version,
            Entries = [written],
            Snapshot = snapshot,
        };
        try
        {
            if (await journal.Append(append) is not AppendOutcome.Appended)
            {
                throw new JournalUnavailableException("Another activation of these keys wrote first; nothing was written. Ask again.");
            }
        }
        catch
        {
            // Whatever went wrong, the journal knows better than this memory.
            DeactivateOnIdle();
            throw;
        }

        _ring = ring;
        _version = append.NextVersion;
        _tail = tail.After(snapshot);
    }
}
