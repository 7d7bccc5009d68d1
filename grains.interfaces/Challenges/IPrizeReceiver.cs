using System.Security.Cryptography;
using System.Text;
using Gamification.Recognition;

namespace Gamification.Challenges;

/// <summary>One prize of one member in one run: the key under which it is given once, whoever asks again and whenever (spec §10).</summary>
/// <param name="Run">Which run.</param>
/// <param name="Member">Who won.</param>
/// <param name="Prize">As the run's prize list calls it: <c>rank-3</c>, <c>milestone-1</c>, <c>goal</c>, <c>compensation</c>.</param>
[GenerateSerializer, Immutable, Alias("prize-id")]
public readonly record struct PrizeId([property: Id(0)] ChallengeRunId Run, [property: Id(1)] MemberId Member, [property: Id(2)] string Prize)
{
    private const int OfPrize = 6;
    private const int OfMember = 3;
    private const int Bytes = 16;

    /// <summary>
    /// 128 bits: 48 of SHA-256 over <c>prize</c>, run and prize, each ended by a line feed; the member's first 24; and 56 of the SHA-256 over <c>prize</c>, run, member and
    /// prize. So the keys of one prize lie in the order of the members, in which prizes are posted, and an index takes them page by page.
    /// </summary>
    public Guid Digest()
    {
        Span<byte> digest = stackalloc byte[Bytes];
        Span<byte> member = stackalloc byte[Bytes];
        Member.Value.TryWriteBytes(member, bigEndian: true, out _);
        Hash($"prize\n{Run}\n{Prize}\n")[..OfPrize].CopyTo(digest);
        member[..OfMember].CopyTo(digest[OfPrize..]);
        Hash($"prize\n{Run}\n{Member}\n{Prize}\n")[..(Bytes - OfPrize - OfMember)].CopyTo(digest[(OfPrize + OfMember)..]);
        return new(digest, bigEndian: true);
    }

    private static ReadOnlySpan<byte> Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

/// <summary>What was won.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Gift">Points, a reward of the catalogue, or both.</param>
/// <param name="Certificate">The hash of the certificate that it follows from; the member's statement names it.</param>
[GenerateSerializer, Immutable, Alias("prize")]
public sealed record Prize([property: Id(0)] PrizeId Id, [property: Id(1)] Gift Gift, [property: Id(2)] string Certificate);

public enum PrizeOutcome
{
    /// <summary>It is durable in the member's account.</summary>
    Received,

    /// <summary>It was durable before this call: nothing happened.</summary>
    Known,

    /// <summary>The member is erased, and never receives it.</summary>
    Gone,
}

/// <summary>
/// A member's account as it receives prizes. The key is <c>programme/surrogate</c>. Both calls answer exactly once for every prize, and asking again is
/// always safe: the answer is durable on return, and a fault means that it is not known.
/// </summary>
[Alias("prize-receiver")]
public interface IPrizeReceiver : IGrainWithStringKey
{
    [Alias("receive-prize")]
    Task<PrizeOutcome> Receive(Prize prize);

    /// <summary>
    /// Takes back what the prize brought, points into debt if they are spent (spec §8). A prize that was never received will not be
    /// received any more: <see cref="PrizeOutcome.Received"/> says that it was taken, <see cref="PrizeOutcome.Known"/> that there is nothing to take.
    /// </summary>
    [Alias("take-prize-back")]
    Task<PrizeOutcome> TakeBack(PrizeId prize, string reason);
}
