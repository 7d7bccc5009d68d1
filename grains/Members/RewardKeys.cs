using System.Security.Cryptography;
using System.Text;
using Gamification.Journal;
using Gamification.Rewards;

namespace Gamification.Members;

/// <summary>The business keys of a member's rewards and gestures. They have no business date, so that they lie together without a month.</summary>
internal static class RewardKeys
{
    /// <summary>The key that an entry takes; null for what may be said again.</summary>
    public static BusinessKey? Of(AccountEntry entry) => entry switch
    {
        RewardHeld { WasWaiting: true } or RewardOffered => null,
        RewardHeld held => Begun(held.Entitlement, ContentOf(held.Reward.Id, held.Steps)),
        RewardWaiting waiting => Begun(waiting.Entitlement, ContentOf(waiting.Reward.Id, 1)),
        RewardCommitted or RewardAbandoned => Decided(((RewardEntry)entry).Reservation),
        RewardUsed or RewardExpired => Ended(((RewardEntry)entry).Entitlement),
        RewardReturned returned => Returned(returned.Entitlement),
        GestureTaken taken => Gesture(taken.Gesture.Id, Digest($"gesture-content\n{taken.Gesture}\n")),
        _ => null,
    };

    public static BusinessKey Begun(EntitlementId id, Guid content = default) => new(0, Digest($"entitlement-begun\n{id}\n"), content);

    public static BusinessKey Decided(ReservationId reservation) => new(0, Digest($"entitlement-decided\n{reservation}\n"), reservation.Value);

    public static BusinessKey Ended(EntitlementId id) => new(0, Digest($"entitlement-ended\n{id}\n"), id.Value);

    public static BusinessKey Returned(EntitlementId id) => new(0, Digest($"entitlement-returned\n{id}\n"), id.Value);

    public static BusinessKey Gesture(Guid id, Guid content = default) => new(0, Digest($"gesture-taken\n{id:N}\n"), content);

    public static Guid ContentOf(string reward, int steps) => Digest(FormattableString.Invariant($"entitlement-content\n{reward}\n{steps}\n"));

    private static Guid Digest(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(..16), bigEndian: true);
}
