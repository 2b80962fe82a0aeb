import { afterAll, beforeAll, expect, test } from 'vitest';
import { startKernel, type TestKernel } from './start-kernel.ts';

let python: TestKernel;
beforeAll(async () => {
  python = await startKernel();
  await python.run('from faker import Faker\nfake = Faker("es_ES")');
});
afterAll(() => python.kernel.shutdown());

test('the same seed gives the same data', async () => {
  const three = '[(fake.name(), fake.random_int(1, 100), fake.email()) for _ in range(3)]';
  const output = await python.run(`
Faker.seed(7); first = ${three}
Faker.seed(7); print(first == ${three})
fake.seed_instance(1); a = fake.uuid4()
fake.seed_instance(1); print(a == fake.uuid4())`);
  expect(output).toBe('True\nTrue\n');
});

test('every method of every provider answers in both languages', async () => {
  const output = await python.run(`
skipped = {"add_provider", "format", "parse", "seed_instance"}
without_word_in_one_language = {"street_prefix", "street_suffix", "suffix"}
for locale in ("es_ES", "en_US"):
    maker = Faker(locale)
    maker.seed_instance(1)
    names = [n for n in dir(maker[locale]) if not n.startswith("_") and n not in skipped and callable(getattr(maker, n))]
    for name in names:
        value = getattr(maker, name)()
        assert value is not None or name == "null_boolean", name
        assert not isinstance(value, str) or ("{{" not in value and (value or name in without_word_in_one_language)), name
    print(len(names) > 140)`);
  expect(output).toBe('True\nTrue\n');
});

test('values keep to what was asked', async () => {
  const output = await python.run(`
from datetime import datetime, timedelta
numbers = {fake.random_int(min=10, max=20, step=5) for _ in range(200)}
dates = [fake.date_time_between("-2d", "now") for _ in range(50)]
now = datetime.now()
print(numbers, all(now - timedelta(days=2, seconds=5) < d <= now for d in dates))
print({len(fake.sentence(nb_words=3).split()) for _ in range(300)}, len(fake.sentence(5, False).split()))
print(len({fake.unique.random_int(1, 20) for _ in range(20)}), fake.bothify("??-##").count("-"))
print(all(1 <= fake.pyfloat(right_digits=2, min_value=1, max_value=5) <= 5 for _ in range(100)))`);
  expect(output).toBe('{10, 20, 15} True\n{1, 2, 3, 4} 5\n20 1\nTrue\n');
});

test('check digits are right', async () => {
  const output = await python.run(`
def luhn(n): return sum(int(d) if i % 2 == 0 else sum(divmod(2 * int(d), 10)) for i, d in enumerate(reversed(n))) % 10 == 0
def iban(n): return int("".join(str(int(c, 36)) for c in n[4:] + n[:4])) % 97 == 1
def ean(n): return sum(int(d) * (1 if i % 2 == 0 else 3) for i, d in enumerate(reversed(n))) % 10 == 0
def nif(n): return "TRWAGMYFPDXBNJZSQVHLCKE"[int(n[:-1].translate(str.maketrans("XYZ", "012"))) % 23] == n[-1]
print([all(check(make()) for _ in range(50)) for check, make in
    ((luhn, fake.credit_card_number), (iban, fake.iban), (ean, fake.ean13), (nif, fake.nif), (nif, fake.nie))])`);
  expect(output).toBe('[True, True, True, True, True]\n');
});

test.each([
  ['fake.nohay()', "AttributeError: 'Generator' object has no attribute 'nohay'"],
  ['Faker("fr_FR")', 'AttributeError: Invalid configuration for faker locale `fr_FR`: Marea incluye es_ES y en_US'],
  [
    'fake.seed(1)',
    'TypeError: Calling `.seed()` on instances is deprecated. Use the class method `Faker.seed()` instead.',
  ],
])('%s fails as in faker', async (source, error) => {
  expect(await python.run(source)).toBe(error);
});

test('a program may bring its own provider', async () => {
  const output = await python.run(`
from faker.providers import BaseProvider
class Bizum(BaseProvider):
    def concepto(self): return self.random_element(("cena", "cena"))
fake.add_provider(Bizum)
print(fake.concepto(), fake.parse("{{concepto}}!"))`);
  expect(output).toBe('cena cena!\n');
});
