namespace Gamification.Screens;

/// <summary>
/// The pairings in progress: a pure structure without clock or actor. An expired or collected pairing is remembered until it is swept, so that
/// its screen hears "gone" rather than "unknown" and shows a new code at once; sweeping happens whenever room is needed.
/// </summary>
public sealed class WaitingScreens
{
    public const int WaitingMax = 10_000;

    /// <summary>A shop that switches on all its screens at once stands behind one address; a stranger needs hundreds to keep others out.</summary>
    public const int NetworkMax = 32;

    private readonly Dictionary<string, Waiting> _byId = [];
    private readonly Dictionary<string, Waiting> _byCode = [];
    private readonly Dictionary<string, int> _byNetwork = [];

    public PairingOpened Open(PairingOffer offer, DateTimeOffset now)
    {
        if (_byId.Count >= WaitingMax || _byCode.ContainsKey(offer.Code) || IsFull(offer.Network)) Sweep(now);
        if (IsFull(offer.Network)) return PairingOpened.NetworkFull;
        if (_byCode.ContainsKey(offer.Code)) return PairingOpened.CodeTaken;
        if (_byId.Count >= WaitingMax) return PairingOpened.Full;
        _byId[offer.Id] = _byCode[offer.Code] = new Waiting { Offer = offer };
        _byNetwork[offer.Network] = _byNetwork.GetValueOrDefault(offer.Network) + 1;
        return PairingOpened.Opened;
    }

    public bool CanClaim(string code, DateTimeOffset now) => _byCode.TryGetValue(code, out var waiting) && now < waiting.Offer.ExpiresAt;

    /// <summary>From now on the code is free, and the screen has until the pairing's end to fetch its token.</summary>
    public void Claim(string code, PairedScreen screen)
    {
        if (_byCode.Remove(code, out var waiting)) waiting.Screen = screen;
    }

    public PairingAnswer Ask(string id, string secretHash, DateTimeOffset now)
    {
        if (!_byId.TryGetValue(id, out var waiting) || waiting.Offer.SecretHash != secretHash) return new(PairingState.Unknown);
        if (waiting.Collected || now >= waiting.Offer.ExpiresAt) return new(PairingState.Gone);
        if (waiting.Screen is not { } screen) return new(PairingState.Waiting);
        waiting.Collected = true;
        waiting.Screen = null;
        return new(PairingState.Paired, screen);
    }

    private bool IsFull(string network) => _byNetwork.GetValueOrDefault(network) >= NetworkMax;

    private void Sweep(DateTimeOffset now)
    {
        foreach (var (id, waiting) in _byId)
        {
            if (!waiting.Collected && now < waiting.Offer.ExpiresAt) continue;
            _byId.Remove(id);
            if (--_byNetwork[waiting.Offer.Network] == 0) _byNetwork.Remove(waiting.Offer.Network);
            if (_byCode.TryGetValue(waiting.Offer.Code, out var shown) && ReferenceEquals(shown, waiting)) _byCode.Remove(waiting.Offer.Code);
        }
    }

    private sealed class Waiting
    {
        public required PairingOffer Offer { get; init; }

        public PairedScreen? Screen { get; set; }

        public bool Collected { get; set; }
    }
}
