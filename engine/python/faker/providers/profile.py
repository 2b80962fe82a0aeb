"""A person with everything."""
from faker.providers.base import BaseProvider


class Provider(BaseProvider):
    def simple_profile(self, sex=None) -> dict:
        sex = sex or self.random.choice("MF")
        make = self.generator
        return {
            "username": make.user_name(),
            "name": make.name_female() if sex == "F" else make.name_male(),
            "sex": sex,
            "address": make.address(),
            "mail": make.free_email(),
            "birthdate": make.date_of_birth(),
        }

    def profile(self, fields=None, sex=None) -> dict:
        make = self.generator
        whole = {
            "job": make.job(),
            "company": make.company(),
            "ssn": make.ssn(),
            "residence": make.address(),
            "current_location": make.latlng(),
            "blood_group": self.random.choice(("A+", "A-", "B+", "B-", "AB+", "AB-", "0+", "0-")),
            "website": [make.url() for _ in range(self.random.randint(1, 4))],
            **self.simple_profile(sex),
        }
        return {name: value for name, value in whole.items() if not fields or name in fields}
