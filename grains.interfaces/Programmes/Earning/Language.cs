namespace Gamification.Programmes.Earning;

public enum Language
{
    Fr,
    Nl,
    En,
}
