namespace Gamification.Runtime.Activations;

internal enum ActivationState : byte
{
    New,
    Activating,
    Active,
    Deactivating,
    Dead,
}
