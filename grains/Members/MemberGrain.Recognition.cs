using Gamification.Recognition;
using Gamification.Rules;
using Gamification.Rules.Recognition;

namespace Gamification.Members;

/// <summary>Tier, badges, streaks, cards and plans.</summary>
internal sealed partial class MemberGrain
{
    public Task<RecognitionOutcome> Do(string id, RecognitionCommand command, string by, DateTimeOffset receivedAt) => Kept<IRecognisedMember>()?.Do(id, command, by, receivedAt) ?? Told(() => _recognition.Do(id, command, by, receivedAt));

    public Task<RecognitionView?> Recognition() => Kept<IRecognisedMember>()?.Recognition() ??
        Task.FromResult(_account.Scheme?.Recognition is { } book ? RecognitionViews.At(_account.State, book, clock.Now(_actor.Programme), programmes.IncidentsOf(_actor.Programme)) : null);

    public Task<BadgeFilled> FillBadge(string badge, string by, DateTimeOffset receivedAt, bool isPreview)
    {
        if (_account.State.LeftFor is not null) return Task.FromResult(BadgeFilled.Nothing);
        var filling = new MemberFilling(_actor, _account, clock);
        return isPreview ? filling.Fill(badge, by, receivedAt, isPreview) : Told(() => filling.Fill(badge, by, receivedAt, isPreview));
    }

    /// <summary>What is celebrated comes before what happens now.</summary>
    private async Task<ReceiptOutcome> PostCelebrating(Receipt receipt, DateTimeOffset receivedAt, AccountKind kind)
    {
        await _recognition.TellCelebrations(receivedAt, receipt.OccurredAt);
        return await _account.Post(receipt, receivedAt, kind);
    }
}
