"""United States."""

LOCALE = "en_US"
COUNTRY_CODE = "US"
CALLING_CODE = "+1"
BBAN_DIGITS = 17


def _lines(text):
    return tuple(line.strip() for line in text.strip().splitlines())


FIRST_NAMES_MALE = tuple(
    """Aaron Adam Alan Albert Alexander Andrew Anthony Arthur Austin Benjamin Bobby Bradley Brandon Brian Bruce Bryan Carl Charles
    Christian Christopher Craig Dale Daniel David Dennis Donald Douglas Dylan Edward Eric Ethan Eugene Frank Gabriel Gary George Gerald
    Gregory Harold Harry Henry Howard Jack Jacob James Jason Jeffrey Jeremy Jerry Jesse Joe John Jonathan Jordan Jose Joseph Joshua
    Juan Justin Keith Kenneth Kevin Kyle Larry Lawrence Logan Louis Mark Martin Matthew Michael Nathan Nicholas Noah Patrick Paul Peter
    Philip Ralph Randy Raymond Richard Robert Roger Ronald Roy Russell Ryan Samuel Scott Sean Stephen Steven Terry Thomas Timothy Tyler
    Victor Vincent Walter Wayne William Zachary""".split()
)
FIRST_NAMES_FEMALE = tuple(
    """Abigail Alexis Alice Amanda Amber Amy Andrea Angela Ann Anna Ashley Barbara Betty Beverly Brenda Brittany Carol Carolyn
    Catherine Charlotte Cheryl Christina Christine Cynthia Danielle Deborah Debra Denise Diana Diane Donna Doris Dorothy Elizabeth Emily
    Emma Evelyn Frances Gloria Grace Hannah Heather Helen Isabella Jacqueline Jane Janet Janice Jean Jennifer Jessica Joan Joyce Judith
    Judy Julia Julie Karen Katherine Kathleen Kathryn Kayla Kelly Kimberly Laura Lauren Linda Lisa Lori Madison Margaret Maria Marie
    Marilyn Martha Mary Megan Melissa Michelle Mildred Nancy Natalie Nicole Olivia Pamela Patricia Rachel Rebecca Rose Ruth Samantha
    Sandra Sara Sarah Sharon Shirley Sophia Stephanie Susan Teresa Theresa Tiffany Tracy Victoria Virginia""".split()
)
LAST_NAMES = tuple(
    """Adams Alexander Allen Alvarez Anderson Andrews Armstrong Arnold Bailey Baker Barnes Bell Bennett Berry Bishop Black Boyd Bradley
    Brooks Brown Bryant Burke Burns Burton Butler Campbell Carlson Carpenter Carr Carroll Carter Castillo Chapman Chavez Chen Clark Cole
    Coleman Collins Cook Cooper Cox Crawford Cruz Cunningham Daniels Davis Dean Diaz Dixon Duncan Dunn Edwards Elliott Ellis Evans
    Ferguson Fernandez Fisher Flores Ford Foster Fowler Fox Franklin Freeman Fuller Garcia Gardner Gibson Gilbert Gomez Gonzalez Gordon
    Graham Grant Gray Green Greene Griffin Gutierrez Hall Hamilton Hansen Harper Harris Harrison Hart Harvey Hawkins Hayes Henderson Henry
    Hernandez Hicks Hill Hoffman Holmes Howard Howell Hudson Hughes Hunt Hunter Jackson Jacobs James Jenkins Jensen Johnson Johnston Jones
    Jordan Kelley Kelly Kennedy Kim King Knight Larson Lawrence Lawson Lee Lewis Little Long Lopez Lynch Marshall Martin Martinez Mason
    Matthews May McCoy McDonald Medina Mendoza Meyer Miller Mills Mitchell Montgomery Moore Morales Moreno Morgan Morris Morrison Murphy
    Murray Myers Nelson Nguyen Nichols Obrien Oliver Olson Ortiz Owens Palmer Parker Patel Patterson Payne Perez Perkins Perry Peters
    Peterson Phillips Pierce Porter Powell Price Ramirez Ramos Ray Reed Reid Reyes Reynolds Rice Richards Richardson Riley Rivera Roberts
    Robertson Robinson Rodriguez Rogers Romero Rose Ross Ruiz Russell Ryan Sanchez Sanders Schmidt Schultz Scott Shaw Silva Simmons
    Simpson Sims Smith Snyder Soto Spencer Stanley Stephens Stevens Stewart Stone Sullivan Taylor Thomas Thompson Torres Tucker Turner
    Vargas Vasquez Wagner Walker Wallace Walsh Ward Warren Washington Watkins Watson Weaver Webb Weber Welch Wells West Wheeler White
    Williams Williamson Willis Wilson Wood Woods Wright Young""".split()
)
NAME_PATTERNS = (*("{{first}} {{last_name}}",) * 19, "{{prefix}} {{first}} {{last_name}}", "{{first}} {{last_name}} {{suffix}}")
PREFIXES = ("Mr.", "Mrs.", "Ms.", "Dr.")
SUFFIXES = ("Jr.", "MD", "PhD", "DDS", "II")

STATES = tuple(
    """Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho Illinois Indiana Iowa Kansas
    Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon
    Pennsylvania Tennessee Texas Utah Vermont Virginia Washington Wisconsin Wyoming""".split()
) + (
    "New Hampshire", "New Jersey", "New Mexico", "New York", "North Carolina", "North Dakota", "Rhode Island", "South Carolina",
    "South Dakota", "West Virginia",
)
REGIONS = ("Midwest", "Northeast", "South", "West")
CITIES = _lines("""
    Albany
    Ashland
    Bridgeport
    Brookfield
    Charlestown
    Clayton
    East Lake
    Fairview
    Georgetown
    Greenville
    Harrisburg
    Jackson
    Kingston
    Lake Michael
    Lakewood
    Lexington
    Madison
    Marion
    Milford
    New Robert
    North Anna
    Oakland
    Port David
    Riverside
    Salem
    South Karen
    Springfield
    West Laura
    Winchester
    Woodland
""")
COUNTRIES = (
    ("AR", "Argentina"), ("AU", "Australia"), ("AT", "Austria"), ("BE", "Belgium"), ("BO", "Bolivia"), ("BR", "Brazil"),
    ("BG", "Bulgaria"), ("CA", "Canada"), ("CL", "Chile"), ("CN", "China"), ("CO", "Colombia"), ("CR", "Costa Rica"), ("HR", "Croatia"),
    ("CU", "Cuba"), ("CZ", "Czechia"), ("DK", "Denmark"), ("EC", "Ecuador"), ("EG", "Egypt"), ("FI", "Finland"), ("FR", "France"),
    ("DE", "Germany"), ("GR", "Greece"), ("HU", "Hungary"), ("IS", "Iceland"), ("IN", "India"), ("IE", "Ireland"), ("IT", "Italy"),
    ("JP", "Japan"), ("LV", "Latvia"), ("LT", "Lithuania"), ("MX", "Mexico"), ("MA", "Morocco"), ("NL", "Netherlands"),
    ("NZ", "New Zealand"), ("NO", "Norway"), ("PA", "Panama"), ("PE", "Peru"), ("PH", "Philippines"), ("PL", "Poland"),
    ("PT", "Portugal"), ("RO", "Romania"), ("SN", "Senegal"), ("ZA", "South Africa"), ("KR", "South Korea"), ("ES", "Spain"),
    ("SE", "Sweden"), ("CH", "Switzerland"), ("TN", "Tunisia"), ("TR", "Turkey"), ("UA", "Ukraine"), ("GB", "United Kingdom"),
    ("US", "United States of America"), ("UY", "Uruguay"), ("VE", "Venezuela"),
)
LOCATIONS = (
    ("40.71427", "-74.00597", "New York City", "US", "America/New_York"), ("41.85003", "-87.65005", "Chicago", "US", "America/Chicago"),
    ("29.76328", "-95.36327", "Houston", "US", "America/Chicago"), ("34.05223", "-118.24368", "Los Angeles", "US", "America/Los_Angeles"),
    ("39.73915", "-104.9847", "Denver", "US", "America/Denver"), ("42.35843", "-71.05977", "Boston", "US", "America/New_York"),
)
STREET_PREFIXES = ("",)
STREET_SUFFIXES = (
    "Alley", "Avenue", "Boulevard", "Circle", "Court", "Drive", "Gardens", "Hill", "Lane", "Mews", "Park", "Place", "Plaza", "Road",
    "Square", "Street", "Terrace", "Trail", "Way",
)
STREET_PATTERNS = ("{{first_name}} {{street_suffix}}", "{{last_name}} {{street_suffix}}")
SECONDARY_ADDRESSES = ("Apt. ###", "Suite ###")
STREET_ADDRESS_PATTERNS = ("{{building_number}} {{street_name}}", "{{building_number}} {{street_name}} {{secondary_address}}")
ADDRESS_PATTERNS = ("{{street_address}}\n{{city}}, {{state}} {{postcode}}",)
COMPANY_PATTERNS = (
    "{{last_name}} {{company_suffix}}", "{{last_name}}-{{last_name}}", "{{last_name}}, {{last_name}} and {{last_name}}",
)
COMPANY_SUFFIXES = ("Group", "Inc", "LLC", "Ltd", "PLC", "and Sons")
COMPANY_TYPES = ("Company", "Group", "Partners", "Services", "Solutions", "Systems")
CATCH_PHRASES = (
    ("Adaptive", "Balanced", "Digital", "Focused", "Intuitive", "Managed", "Open", "Robust"),
    ("cloud", "customer-centred", "global", "multi-channel", "next-generation", "real-time", "scalable"),
    ("architecture", "interface", "network", "platform", "solution", "strategy", "toolset"),
)
JOBS = _lines("""
    Accountant
    Architect
    Baker
    Biologist
    Bus driver
    Carpenter
    Chef
    Civil engineer
    Data analyst
    Data scientist
    Database administrator
    Dentist
    Designer
    Economist
    Editor
    Electrician
    Farmer
    Firefighter
    Gardener
    Journalist
    Lawyer
    Librarian
    Mathematician
    Mechanic
    Musician
    Nurse
    Pharmacist
    Photographer
    Physicist
    Plumber
    Police officer
    Programmer
    Psychologist
    Sales agent
    Surgeon
    Systems administrator
    Teacher
    Translator
    Veterinarian
    Waiter
""")
PHONE_PATTERNS = ("(%##)###-####", "%##-###-####", "+1-%##-###-####", "001-%##-###-####x###", "%##.###.####")
COLORS = (
    "Aqua", "Beige", "Black", "Blue", "Brown", "Coral", "Crimson", "Cyan", "Gold", "Gray", "Green", "Indigo", "Ivory", "Khaki",
    "Lavender", "Magenta", "Maroon", "Navy", "Olive", "Orange", "Pink", "Purple", "Red", "Salmon", "Silver", "Tan", "Teal",
    "Turquoise", "Violet", "White", "Yellow",
)
LANGUAGES = (
    "Arabic", "Catalan", "Chinese", "Dutch", "English", "French", "German", "Greek", "Hindi", "Italian", "Japanese", "Polish",
    "Portuguese", "Romanian", "Russian", "Spanish", "Swedish", "Turkish", "Ukrainian",
)
TLDS = ("com", "com", "com", "biz", "info", "net", "org")
TIME_ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "Europe/London", "Europe/Madrid", "Asia/Tokyo")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def postcode(random):
    """Five digits."""
    return f"{random.randint(501, 99950):05d}"
