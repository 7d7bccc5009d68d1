using Gamification.Access;

namespace Gamification.Screens;

/// <summary>The deployment's waiting screens. The one durable thing, the screen's key, belongs to the programme that claims it.</summary>
internal sealed class PairingsGrain : Grain, IPairingsGrain
{
    private readonly WaitingScreens _screens = new();

    public Task<PairingOpened> Open(PairingOffer offer, DateTimeOffset now) => Task.FromResult(_screens.Open(offer, now));

    public async Task<PairingClaimed> Claim(string code, PairingClaim claim, DateTimeOffset now)
    {
        if (!_screens.CanClaim(code, now)) return PairingClaimed.Unknown;

        // Durable first: when this throws, the screen still waits and the claim may be repeated.
        var grant = await GrainFactory.GetGrain<IKeysGrain>(claim.Programme).Add(claim.Grant);
        if (grant is null) return PairingClaimed.TooManyKeys;
        _screens.Claim(code, claim.Screen);
        return PairingClaimed.Claimed;
    }

    public Task<PairingAnswer> Ask(string id, string secretHash, DateTimeOffset now) => Task.FromResult(_screens.Ask(id, secretHash, now));
}
