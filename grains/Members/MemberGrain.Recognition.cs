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

    /// <summary>What is celebrated comes before what happens now.</summary>
    private async Task<ReceiptOutcome> PostCelebrating(Receipt receipt, DateTimeOffset receivedAt, AccountKind kind)
    {
        await _recognition.TellCelebrations(receivedAt, receipt.OccurredAt);
        return await _account.Post(receipt, receivedAt, kind);
    }
}
