import { useId } from 'preact/hooks';
import { useChoices } from '../board/choices';
import { wordsIn, type Language } from '../words/language';

interface Props {
  chosen: readonly string[];
  some: boolean;
  needed: boolean;
  token: string;
  language: Language;
  onSome: (some: boolean) => void;
  onStores: (stores: readonly string[]) => void;
}

export function StoreChoice({ chosen, some, needed, token, language, onSome, onStores }: Props) {
  const words = wordsIn(language).desk;
  const name = useId();
  const { scopes } = useChoices(token);
  const stores = scopes.filter(scope => scope.id.startsWith('store:')).map(scope => ({ id: scope.id.slice(6), name: scope.name?.[language] ?? scope.id.slice(6) }));
  const toggle = (id: string) => onStores(chosen.includes(id) ? chosen.filter(one => one !== id) : [...chosen, id]);
  return (
    <>
      {needed ? <p class="note">{words.needsStores}</p> : (
        <div class="segments">
          <label><input type="radio" name={name} checked={!some} onChange={() => onSome(false)} /><span>{words.allStores}</span></label>
          <label><input type="radio" name={name} checked={some} onChange={() => onSome(true)} /><span>{words.someStores}</span></label>
        </div>
      )}
      {(some || needed) && (
        <div class="stores">
          {stores.sort((a, b) => a.name.localeCompare(b.name, language)).map(store => (
            <label key={store.id} class="store">
              <input type="checkbox" checked={chosen.includes(store.id)} onChange={() => toggle(store.id)} />
              <span>{store.name}</span>
            </label>
          ))}
        </div>
      )}
    </>
  );
}
