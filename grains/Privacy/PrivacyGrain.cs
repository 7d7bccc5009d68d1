using Gamification.Journal;
using Gamification.Rules;

namespace Gamification.Privacy;

/// <summary>One member's privacy. It is an actor of its own, so that a wish never waits for an account, and an account never pays for wishes.</summary>
internal sealed class PrivacyGrain(IJournal journal, JournalSnapshotOptions snapshots) : Grain, IPrivacyGrain
{
    private const int StaleMax = 5;

    private ActorId _actor;
    private PublicFace _face = PublicFace.Default;
    private JournalTail _tail;
    private long _version;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var (programme, key) = ActorId.PartsOf(this.GetPrimaryKeyString());
        _actor = PrivacyForm.ActorOf(programme, MemberId.Parse(key));
        return Load(cancellationToken);
    }

    public Task<PrivacyView> View() => Task.FromResult(new PrivacyView(_face.Mode, _face.Since));

    public async Task<PrivacyView> Set(PrivacyMode mode, DateTimeOffset at)
    {
        for (var stale = 0; _face.Decide(mode, at) is { } chosen && !await Record(chosen); stale++)
        {
            if (stale == StaleMax) throw new JournalUnavailableException($"Other activations of {_actor} keep writing first; nothing was written. Ask again.");
        }

        return await View();
    }

    /// <summary>Durable first, then shown. False after another activation wrote first: then its state is here, to be decided on anew.</summary>
    private async Task<bool> Record(PrivacyChosen chosen)
    {
        var entry = PrivacyForm.Json.Write(chosen);
        var (face, tail) = (_face.Apply(chosen), _tail.Then([entry]));
        var snapshot = tail.Calls(snapshots) ? (ReadOnlyMemory<byte>?)PrivacyForm.Json.WriteState(face) : null;
        try
        {
            var outcome = await journal.Append(new()
            {
                Actor = _actor,
                ExpectedVersion = _version,
                Entries = [entry],
                Snapshot = snapshot,
                Notice = PrivacyForm.NoticeOf(_actor, chosen, _version + 1),
            });
            if (outcome is AppendOutcome.Appended)
            {
                (_face, _version, _tail) = (face, _version + 1, tail.After(snapshot));
                return true;
            }
        }
        catch (CommitOutcomeUnknownException)
        {
            DeactivateOnIdle();
            throw;
        }

        await Load(CancellationToken.None);
        return false;
    }

    private async Task Load(CancellationToken cancellation)
    {
        var history = await journal.Load(_actor, cancellation);
        (_face, _version, _tail) = (PrivacyForm.Json.StateOf(history), history.Version, JournalTail.Of(history));
    }
}
